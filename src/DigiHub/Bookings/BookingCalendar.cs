using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>
/// A booking that stands is in its member's calendar as it is now; one that does not is withdrawn from it, and from the calendar of
/// somebody who has handed it over.
/// </summary>
public sealed class BookingCalendar : INotificationCalendar
{
    public bool Concerns(NotificationType type) => type.IsOneOf(
            BookingNotifications.Confirmed, BookingNotifications.Moved, BookingNotifications.Cancelled,
            BookingNotifications.Received, BookingNotifications.HandedOver, BookingNotifications.Released);

    /// <summary>None: a booking that changes meanwhile has another notification written, which tells its calendar.</summary>
    public Task AcquireLock(HubDb db, Notification notification, CancellationToken stop) => Task.CompletedTask;

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var bookingId = notification.SubjectId;
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop) is { } booking
            ? new CalendarTold(booking.CalendarSequence, booking.IsStanding && IsTheirs(booking, notification) ? FactsOf(booking) : null)
            : null;
    }

    private static bool IsTheirs(Booking booking, Notification notification) =>
        notification.MemberId is not { } readerId || booking.MemberId == readerId;

    /// <summary>What a calendar shows of time and place.</summary>
    public static string FactsOf(Booking booking) => FormattableString.Invariant($"{booking.SpaceId} {booking.LocalSpan}");
}
