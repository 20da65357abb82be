using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>
/// A booking that stands is in its member's calendar as it is now; one that does not is withdrawn from it, and from the calendar of
/// somebody who has handed it over. One of a series is there as a date of the series' entry, so that it has the series' SEQUENCE. The two
/// parts of a meeting are one entry: an invitation in an e-mail may only have entries of one UID (RFC 5546, 3.2.2), and calendars show the
/// first of several. It has the UID of the first part, the SEQUENCE of both together, which rises with every change of either, and is there
/// while either stands.
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
        if (booking.MeetingId is { } meetingId)
        {
            var parts = await db.Bookings.AsNoTracking().Where(one => one.MeetingId == meetingId).ToListAsync(stop);
            return new CalendarTold(parts.Sum(one => one.CalendarSequence), FactsOf(parts.FindAll(one => IsTheirs(one, notification))));
        }

        if (notification.Type == BookingNotifications.Joined)
            return new CalendarTold(notification.CalendarSequence ?? booking.CalendarSequence, Facts: null);
        var sequence = booking.SeriesId is { } seriesId
            ? await db.BookingSeries.Where(one => one.Id == seriesId).Select(one => one.CalendarSequence).SingleAsync(stop)
            : booking.CalendarSequence;
        return new CalendarTold(sequence, booking.IsStanding && IsTheirs(booking, notification) ? FactsOf(booking) : null);
    }

    private static bool IsTheirs(Booking booking, Notification notification) =>
        notification.MemberId is not { } readerId || booking.MemberId == readerId;

    /// <summary>What a calendar shows of it; of a meeting what it shows of both parts. Reads tracked parts as they are by now.</summary>
    internal static async Task<string> FactsOf(HubDb db, Booking booking, CancellationToken stop) => booking.MeetingId is { } meetingId
        ? FactsOf(await db.Bookings.Where(one => one.MeetingId == meetingId).ToListAsync(stop)) ?? ""
        : FactsOf(booking);

    /// <summary>Of the parts that stand, the first before the second; null: none does.</summary>
    private static string? FactsOf(IReadOnlyCollection<Booking> parts) => parts.Any(one => one.IsStanding)
        ? string.Join(BookingThen.Between, parts.Where(one => one.IsStanding).OrderBy(one => one.IsSecondPart).Select(FactsOf))
        : null;

    /// <summary>What a calendar shows of time and place, and whether it is sure.</summary>
    public static string FactsOf(Booking booking) =>
        FormattableString.Invariant($"{booking.SpaceId} {booking.LocalSpan}{(booking.IsPending ? " ?" : "")}");
}
