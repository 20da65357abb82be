using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>A digest leaves if it is still wanted and its day still has something on it.</summary>
internal sealed class DigestCheck(Catalogue catalogue) : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == ReminderNotifications.DayDigest;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var memberId = notification.MemberId;
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null || WriteDigests.DateOf(notification) is not { } date)
            return NotificationReason.Gone;
        if (member.DisabledAt is not null || !member.WantsDigest)
            return NotificationReason.Unwanted;
        var map = await catalogue.Map(stop);
        var day = await MemberDay.Of(db, map, member.Id, date, WriteDigests.HomeOf(map, notification.SiteId)!.Time, stop);
        return day.Items.Count == 0 ? NotificationReason.NothingThatDay : null;
    }
}
