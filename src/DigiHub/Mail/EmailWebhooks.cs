using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>What programs of others are told of e-mails: that one did not arrive, and what it was about.</summary>
internal sealed class EmailWebhooks : IWebhookSubject
{
    public SubjectKind Kind => Notification.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
        [new("email.failed", new("E-mail not delivered", "E-Mail nicht zustellbar"), EmailActs.Failed, EmailActs.Bounced)];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        // Not tracked: who delivers updates the row past the change tracker.
        var id = subject.Id;
        var notification = await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
        return notification is null ? null : new WebhookFacts { About = notification.About };
    }
}
