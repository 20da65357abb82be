using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>
/// Sends a waiting notification now instead of at its time. Everything else stays: it is checked again before it
/// leaves, and it leaves once. It is due now, so that it does not bear a date that is still to come.
/// </summary>
public sealed class SendNow(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found what does not wait (any more).</summary>
    /// <param name="actorId">Null in the demo, where anybody may.</param>
    public Task<Outcome<Guid>> Run(Guid notificationId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<Guid>(
        async db =>
        {
            var now = clock.GetCurrentInstant();
            // NextAttemptAt before DueAt tells QuietHoursWait that somebody wants it now.
            var ahead = now - Duration.FromMilliseconds(1);
            var moved = await db.Notifications
                .Where(notification => notification.Id == notificationId
                    && (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry))
                .ExecuteUpdateAsync(row => row
                    .SetProperty(notification => notification.NextAttemptAt, ahead)
                    .SetProperty(notification => notification.DueAt, notification => notification.DueAt > now ? now : notification.DueAt),
                    stop);
            if (moved == 0)
                return Refusal.NotFound;
            db.Record(now, actorId, EmailActs.SentNow, notificationId);
            db.LeavesWork = true;
            return notificationId;
        },
        stop);
}
