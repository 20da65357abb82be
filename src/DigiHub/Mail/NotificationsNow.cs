using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>The state of the outbox at a moment.</summary>
/// <param name="Due">
/// Notifications whose time has come and that have not left; those of which the relay said "later" count again when that is.
/// </param>
/// <param name="Lag">How long the one that waits longest is overdue; null if none is.</param>
/// <param name="GivenUp">Notifications given up within a day.</param>
/// <param name="CameBack">Notifications that came back within a day, whenever they had left.</param>
public sealed record NotificationsAtWork(Instant At, int Due, Duration? Lag, Relay Relay, int GivenUp, int CameBack)
{
    public int Undeliverable => GivenUp + CameBack;

    public bool IsLate(Duration lagMax) => Lag > lagMax;
}

/// <summary>Looks at the notifications as a whole: for health, metrics and alarms. Reads only what waits, however many have left.</summary>
public sealed class NotificationsNow(HubDbFactory databases, MailMeter meter, IClock clock)
{
    public async Task<NotificationsAtWork> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var aDayAgo = now - Duration.FromDays(1);
        await using var db = databases.Open();
        var due = db.Notifications.Where(notification => (notification.State == NotificationState.Planned
            || notification.State == NotificationState.Retry) && notification.NextAttemptAt <= now);
        var oldest = await due.MinAsync(notification => (Instant?)notification.NextAttemptAt, stop);
        var seen = new NotificationsAtWork(now, await due.CountAsync(stop), now - oldest, await db.RelayNow(stop),
            await db.Notifications.CountAsync(
                notification => notification.State == NotificationState.Failed && notification.NextAttemptAt > aDayAgo, stop),
            await db.Notifications.CountAsync(
                notification => notification.State == NotificationState.Bounced && notification.BouncedAt > aDayAgo, stop));
        meter.Saw(seen);
        return seen;
    }
}
