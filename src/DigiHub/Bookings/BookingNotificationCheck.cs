using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>A notification about a booking leaves only while it says how the booking stands.</summary>
public sealed class BookingNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type.IsOneOf(
            BookingNotifications.Confirmed, BookingNotifications.Moved, BookingNotifications.Cancelled, BookingNotifications.Reminder,
            BookingNotifications.Received, BookingNotifications.HandedOver, BookingNotifications.Released,
            BookingNotifications.CheckInAsked, BookingNotifications.Joined, BookingNotifications.Requested, BookingNotifications.Approved,
            BookingNotifications.Declined, BookingNotifications.Lapsed, BookingNotifications.DelegateTold);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (bookingId, members) = (notification.SubjectId, db.Members);
        var world = await db.Bookings.AsNoTracking().Where(known => known.Id == bookingId)
            .Join(members, known => known.MemberId, member => member.Id, (known, member) => new { Booking = known, Member = member })
            .FirstOrDefaultAsync(stop);
        if (world is null)
            return NotificationReason.Gone;

        var booking = world.Booking;
        if (notification.Type == BookingNotifications.Joined)
            return null; // the single entry has to go, whatever becomes of the series
        if (notification.Type == BookingNotifications.HandedOver)
            return booking.MemberId == notification.MemberId ? NotificationReason.Changed : null;
        if (notification.Type == BookingNotifications.DelegateTold)
            return notification.CalendarSequence != booking.CalendarSequence ? NotificationReason.Moved : null;
        if (notification.MemberId is { } readerId && booking.MemberId != readerId)
            return NotificationReason.HandedOver;
        if (notification.Type == BookingNotifications.Cancelled)
            return booking.IsStanding ? NotificationReason.Reinstated : null;
        if (notification.Type == BookingNotifications.Released)
            return booking.Status == BookingStatus.Released ? null : NotificationReason.Reinstated;
        if (notification.Type == BookingNotifications.Declined)
            return booking.Status == BookingStatus.Declined ? null : NotificationReason.Changed;
        if (notification.Type == BookingNotifications.Lapsed)
            return booking.Status == BookingStatus.Lapsed ? null : NotificationReason.Changed;
        if (!booking.IsStanding)
            return NotificationReason.Cancelled;
        if (notification.Type == BookingNotifications.CheckInAsked)
            return booking.IsToCheckIn(now) ? WhyNotRemind(notification, booking, world.Member, now) : NotificationReason.CheckedIn;
        if (notification.Type == BookingNotifications.Reminder)
            return WhyNotRemind(notification, booking, world.Member, now);
        return notification.CalendarSequence != booking.CalendarSequence ? NotificationReason.Moved
            : booking.End <= now ? NotificationReason.Past
            : null;
    }

    private static NotificationReason? WhyNotRemind(Notification reminder, Booking booking, Member member, Instant now) =>
        reminder.ScheduledForStart != booking.Start ? NotificationReason.Moved
        : booking.Start <= now ? NotificationReason.Past
        : booking.IsPending ? NotificationReason.Waiting
        : !member.WantsReminders || member.DisabledAt is not null ? NotificationReason.Unwanted
        : reminder.DaysBefore == 1 && member.WantsDigest ? NotificationReason.ToldByDigest
        : null;
}
