using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>
/// A booking that stands is in its member's calendar as it is now; one that does not is withdrawn from it, and from the calendar of
/// somebody who has handed it over. One of a series is there as a date of the series' entry, so that it has the series' SEQUENCE.
/// </summary>
public sealed class BookingCalendar : INotificationCalendar
{
    public bool Concerns(NotificationType type) => type.IsOneOf(
            BookingNotifications.Confirmed, BookingNotifications.Moved, BookingNotifications.Cancelled,
            BookingNotifications.Received, BookingNotifications.HandedOver, BookingNotifications.Released, BookingNotifications.Joined,
            BookingNotifications.Requested, BookingNotifications.Approved, BookingNotifications.Declined, BookingNotifications.Lapsed);

    /// <summary>None: a booking that changes meanwhile has another notification written, which tells its calendar.</summary>
    public Task AcquireLock(HubDb db, Notification notification, CancellationToken stop) => Task.CompletedTask;

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var bookingId = notification.SubjectId;
        if (await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop) is not { } booking)
            return null;
        if (notification.Type == BookingNotifications.Joined)
            return new CalendarTold(notification.CalendarSequence ?? booking.CalendarSequence, Facts: null);
        var sequence = booking.SeriesId is { } seriesId
            ? await db.BookingSeries.Where(one => one.Id == seriesId).Select(one => one.CalendarSequence).SingleAsync(stop)
            : booking.CalendarSequence;
        return new CalendarTold(sequence, booking.IsStanding && IsTheirs(booking, notification) ? FactsOf(booking) : null);
    }

    private static bool IsTheirs(Booking booking, Notification notification) =>
        notification.MemberId is not { } readerId || booking.MemberId == readerId;

    /// <summary>What a calendar shows of time and place, and whether it is sure.</summary>
    public static string FactsOf(Booking booking) =>
        FormattableString.Invariant($"{booking.SpaceId} {booking.LocalSpan}{(booking.IsPending ? " ?" : "")}");
}
