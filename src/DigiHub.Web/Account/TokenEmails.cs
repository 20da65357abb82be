using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Account;

/// <summary>Tells a member of every token made in their name: whoever has come into their account can make one, and it outlives the visit.</summary>
public sealed class TokenEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind == NotificationType.TokenMade;

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (!Guid.TryParseExact(notification.Note, "N", out var tokenId)
            || await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == tokenId, stop) is not { } made)
            return null;
        var isFeed = made.Use == TokenUse.CalendarFeed;
        var subject = isFeed
            ? new Words($"New calendar link for your bookings at {links.HubName}", $"Neues Kalender-Abo für Ihre Buchungen bei {links.HubName}")
            : new Words($"New access token for your account at {links.HubName}", $"Neues Zugriffstoken für Ihr Konto bei {links.HubName}");
        return new EmailDraft(
            subject.In(notification.Language), typeof(TokenMadeEmail),
            new TokenFacts(links.HubName, isFeed ? null : made.Name, made.CreatedAt, made.ExpiresAt, links.To("/account")));
    }
}

/// <param name="Name">Null for a calendar address.</param>
public sealed record TokenFacts(string HubName, string? Name, Instant MadeAt, Instant? ExpiresAt, Uri Account);
