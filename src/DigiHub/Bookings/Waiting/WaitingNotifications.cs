using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Waiting;

/// <summary>What members are told about what they wait for.</summary>
public static class WaitingNotifications
{
    public static readonly NotificationType Offered = new(
        "waiting_offer", NotificationClass.Transactional,
        words: new("It’s free: offer from the waiting list", "Frei geworden: Angebot von der Warteliste"),
        occasion: new("because you’re on the waiting list", "weil Sie auf der Warteliste stehen", "weil du auf der Warteliste stehst"));

    /// <summary>Its time has passed, or two offers went unanswered; the note says which.</summary>
    public static readonly NotificationType Ended = new(
        "waiting_ended", NotificationClass.Transactional,
        words: new("Waiting list: your entry has ended", "Warteliste: Ihr Eintrag ist beendet", "Warteliste: dein Eintrag ist beendet"),
        occasion: new("because you were on the waiting list", "weil Sie auf der Warteliste standen",
            "weil du auf der Warteliste standest"));
}

/// <summary>An offer is told of only as long as it can be accepted.</summary>
internal sealed class WaitingNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type.IsOneOf(WaitingNotifications.Offered, WaitingNotifications.Ended);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var id = notification.SubjectId;
        if (notification.MemberId is { } memberId && !await db.Members.AnyAsync(one => one.Id == memberId && one.DisabledAt == null, stop))
            return NotificationReason.Gone;
        if (notification.Type == WaitingNotifications.Ended)
            return await db.WaitingEntries.AnyAsync(one => one.Id == id, stop) ? null : NotificationReason.Gone;
        return await db.WaitingOffers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) switch
        {
            null => NotificationReason.Gone,
            { Status: not OfferStatus.Open } => NotificationReason.Changed,
            var offer => now < offer.Until ? null : NotificationReason.Past,
        };
    }
}
