using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Account;

/// <summary>Writes the e-mail that signs somebody in.</summary>
public sealed class SignInEmails(EmailLinks links, IClock clock) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind == NotificationType.SignInLink;

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var link = await db.SignInLinks.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.SignInLinkId, stop);
        if (link is null || link.UsedAt is not null || link.ExpiresAt <= clock.GetCurrentInstant())
            return null;
        return new EmailDraft(
            new Words($"Your sign-in link for {links.HubName}", $"Ihr Anmeldelink für {links.HubName}").In(notification.Language),
            typeof(SignInEmail), new SignInEmailFacts(await links.SignIn(link.Id, stop), links.HubName));
    }
}

public sealed record SignInEmailFacts(Uri Link, string HubName)
{
    public int Minutes => (int)SignInLink.Life.TotalMinutes;
}
