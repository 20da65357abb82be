using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>E-mails a member about every new token in their name: an intruder could create one, and it outlives the session.</summary>
public sealed class TokenEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MemberNotifications.TokenMade;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var token = new AccessToken
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000a003"),
            MemberId = world.MemberId,
            Use = TokenUse.Api,
            Name = "Türschild",
            Hash = [0],
            CreatedAt = world.Now,
            ExpiresAt = world.Now + AccessToken.LifeMax,
        };
        var link = new AccessToken
        {
            Id = new Guid("0198b1a0-0000-7000-8000-00000000a004"),
            MemberId = world.MemberId,
            Use = TokenUse.CalendarLink,
            Name = "Spree",
            Hash = [1],
            CreatedAt = world.Now,
        };
        return
        [
            new EmailSample(MemberNotifications.TokenMade, AccessToken.Subject.Of(token.Id)) { Rows = [token] },
            new EmailSample(MemberNotifications.TokenMade, AccessToken.Subject.Of(link.Id), "calendar-link") { Rows = [link] },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == notification.SubjectId, stop) is not { } made)
            return null;
        var subject = made.Use switch
        {
            TokenUse.Api => new Words(
                $"New access token for your account at {links.HubName}", $"Neues Zugriffstoken für Ihr Konto bei {links.HubName}",
                $"Neues Zugriffstoken für dein Konto bei {links.HubName}"),
            TokenUse.CalendarLink => new Words($"New calendar link from your account at {links.HubName}",
                $"Neues Kalender-Abo aus Ihrem Konto bei {links.HubName}", $"Neues Kalender-Abo aus deinem Konto bei {links.HubName}"),
            _ => new Words(
                $"New calendar link for your bookings at {links.HubName}", $"Neues Kalender-Abo für Ihre Buchungen bei {links.HubName}",
                $"Neues Kalender-Abo für deine Buchungen bei {links.HubName}"),
        };
        return new EmailDraft(
            subject.In(notification.Language), typeof(TokenMadeEmail),
            new TokenFacts(links.HubName, made.Use, made.Name, made.CreatedAt, made.ExpiresAt,
                links.To(made.Use == TokenUse.CalendarLink ? Paths.CalendarLinks : Paths.Account)));
    }
}

/// <param name="Name">Of a calendar link whose bookings it shows; empty for one's own.</param>
/// <param name="Account">Where it can be revoked.</param>
public sealed record TokenFacts(string HubName, TokenUse Use, string Name, Instant MadeAt, Instant? ExpiresAt, Uri Account);
