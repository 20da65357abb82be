using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>Withdraws one notification by hand. Nothing else changes.</summary>
public sealed class CancelNotification(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found, and with email_has_left what is on its way or came to its end before.</summary>
    public Task<Outcome<Guid>> Run(Guid notificationId, Guid actorId, CancellationToken stop) => unitOfWork.Run<Guid>(
        async db =>
        {
            var notifications = db.Notifications.Where(notification => notification.Id == notificationId);
            if (await notifications.Withdraw(NotificationReason.WithdrawnByHand, stop) == 0)
                return await notifications.AnyAsync(stop) ? HasLeft : Refusal.NotFound;
            db.Record(clock.GetCurrentInstant(), actorId, EmailActs.Cancelled, notificationId);
            return notificationId;
        },
        stop);

    private static Refusal HasLeft { get; } = new("email_has_left", new(
        "This e-mail can’t be withdrawn: it’s being sent or already dealt with.",
        "Diese E-Mail lässt sich nicht mehr zurückziehen, denn sie wird gerade gesendet oder ist schon erledigt."));
}
