using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Webhooks;

namespace DigiHub.Operations;

/// <summary>What waits since a restore, and what would leave.</summary>
/// <param name="Since">When the database was restored.</param>
/// <param name="OverdueEmails">Due before that: most of them left before, from the hub that was backed up.</param>
/// <param name="DueEmails">Due since, and not left.</param>
/// <param name="LaterEmails">Due later.</param>
/// <param name="OverdueWebhooks">Written before the restore: most of them arrived before.</param>
/// <param name="NewWebhooks">Written since.</param>
public sealed record Resting(
    Instant Since, int OverdueEmails, int DueEmails, int LaterEmails, int OverdueWebhooks, int NewWebhooks);

/// <summary>Looks at what rests after a restore, before an administrator lets it go.</summary>
public sealed class RestingSending(HubDbFactory databases, IClock clock)
{
    /// <summary>Null while e-mails and webhooks leave as usual.</summary>
    public async Task<Resting?> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if ((await db.HubStateNow(stop)).RestingSince is not { } since)
            return null;
        var waiting = db.Notifications.Waiting();
        return new Resting(
            since,
            await waiting.CountAsync(notification => notification.DueAt <= since, stop),
            await waiting.CountAsync(notification => notification.DueAt > since && notification.NextAttemptAt <= now, stop),
            await waiting.CountAsync(notification => notification.DueAt > since && notification.NextAttemptAt > now, stop),
            await db.WebhookDeliveries.NotYetThere().CountAsync(delivery => delivery.At <= since, stop),
            await db.WebhookDeliveries.NotYetThere().CountAsync(delivery => delivery.At > since, stop));
    }
}

internal static class WaitingNotifications
{
    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Those that may still leave, begun ones included: after a restore nobody is sending them.</summary>
        public IQueryable<Notification> Waiting() => notifications.Where(notification =>
            notification.State == NotificationState.Planned || notification.State == NotificationState.Retry
            || notification.State == NotificationState.Leased || notification.State == NotificationState.Sending
            || notification.State == NotificationState.Carried);
    }
}
