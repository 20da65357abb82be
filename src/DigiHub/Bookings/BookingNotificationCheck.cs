using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>A notification about a booking leaves only while it says how the booking stands.</summary>
public sealed class BookingNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType kind) => kind is NotificationType.BookingConfirmed or NotificationType.BookingMoved
        or NotificationType.BookingCancelled or NotificationType.BookingReminder;

    public async Task<string?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (bookingId, members) = (notification.BookingId, db.Members);
        var world = await db.Bookings.AsNoTracking().Where(known => known.Id == bookingId)
            .Join(members, known => known.MemberId, member => member.Id, (known, member) => new { Booking = known, Member = member })
            .FirstOrDefaultAsync(stop);
        if (world is null)
            return "gone";

        var booking = world.Booking;
        return notification.Kind switch
        {
            NotificationType.BookingCancelled => booking.IsStanding ? "reinstated" : null,
            _ when !booking.IsStanding => "cancelled",
            NotificationType.BookingReminder when notification.ScheduledForStart != booking.Start => "moved",
            NotificationType.BookingReminder when booking.Start <= now => "past",
            NotificationType.BookingReminder when !world.Member.WantsReminders || world.Member.DisabledAt is not null => "unwanted",
            NotificationType.BookingReminder => notification.DaysBefore == 1 && world.Member.WantsDigest ? "told by the digest" : null,
            _ when notification.CalendarSequence != booking.CalendarSequence => "moved",
            _ => booking.End <= now ? "past" : null,
        };
    }
}
