using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Series;

/// <summary>
/// A series of which anything stands is in its member's calendar as one entry, with its rule and all that differs from it; one of which
/// nothing does is withdrawn. What happens to one date alone is told by the e-mail about that date (<see cref="BookingCalendar"/>).
/// </summary>
internal sealed class SeriesCalendar : INotificationCalendar
{
    public bool Concerns(NotificationType type) => SeriesNotifications.All.Contains(type);

    /// <summary>None: a series that changes meanwhile has another notification written, which tells its calendar.</summary>
    public Task AcquireLock(HubDb db, Notification notification, CancellationToken stop) => Task.CompletedTask;

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var seriesId = notification.SubjectId;
        if (await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop) is not { } series)
            return null;
        var stands = await db.Bookings.OfSeries(seriesId)
            .AnyAsync(one => one.Status == BookingStatus.Confirmed && one.SeriesDate >= series.FromDate, stop);
        var facts = FormattableString.Invariant($"{series.SpaceId} {series.FromDate:R}"); // it is told again with every change
        return new CalendarTold(series.CalendarSequence, stands ? facts : null);
    }
}
