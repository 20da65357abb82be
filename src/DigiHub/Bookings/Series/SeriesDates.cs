using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Bookings.Series;

/// <summary>
/// Keeps series in step with what happens to single dates of them, by whatever act. The caller holds the lock of their member; what belongs
/// to no series is passed over.
/// </summary>
internal static class SeriesDates
{
    /// <summary>
    /// They have just been cancelled: each date is remembered, and a series of which nothing is left ahead is closed.
    /// </summary>
    public static async Task Cancelled(HubDb db, IReadOnlyCollection<Booking> bookings, Instant now, CancellationToken stop)
    {
        foreach (var (series, dates) in await Of(db, bookings, stop))
            await Without(db, series, dates, SeriesExceptionReason.Cancelled, now, stop);
    }

    /// <summary>They have other times, another space or another title than the rest.</summary>
    public static async Task Changed(HubDb db, IReadOnlyCollection<Booking> bookings, Instant now, CancellationToken stop)
    {
        foreach (var (series, _) in await Of(db, bookings, stop))
            series.Reschedule(now);
    }

    /// <summary>
    /// They become somebody else's, who has no part in the series: each leaves it, the date is remembered, and whose they were is told.
    /// </summary>
    /// <param name="former">Whose they are, by id.</param>
    public static async Task HandedOver(
        HubDb db, IReadOnlyCollection<Booking> bookings, IReadOnlyDictionary<Guid, Member> former, Instant now, CancellationToken stop)
    {
        foreach (var (series, dates) in await Of(db, bookings, stop))
        {
            await Without(db, series, dates, SeriesExceptionReason.HandedOver, now, stop);
            SeriesEmails.HandOver(db, series, [.. dates.Select(booking => booking.SeriesDate!.Value)], former[series.MemberId], now);
            foreach (var booking in dates)
                booking.LeaveSeries();
        }
    }

    /// <summary>It has just been brought back.</summary>
    public static async Task Reinstated(HubDb db, Booking booking, Instant now, CancellationToken stop)
    {
        foreach (var (series, _) in await Of(db, [booking], stop))
        {
            if (await db.SeriesExceptions.FindAsync([series.Id, booking.SeriesDate], stop) is { } exception)
                db.SeriesExceptions.Remove(exception);
            series.Reopen(now);
        }
    }

    /// <summary>Remembers that the series does not have these dates.</summary>
    public static async Task Except(
        HubDb db, Guid seriesId, IReadOnlyCollection<(LocalDate Date, SeriesExceptionReason Reason)> dates, Instant now,
        CancellationToken stop)
    {
        if (dates.Count == 0)
            return;
        var known = await db.SeriesExceptions.Where(one => one.SeriesId == seriesId).Select(one => one.Date).ToListAsync(stop);
        db.SeriesExceptions.AddRange(dates.Where(one => !known.Contains(one.Date)).Select(one =>
            new SeriesException { SeriesId = seriesId, Date = one.Date, Reason = one.Reason, At = now }));
    }

    private static async Task Without(
        HubDb db, BookingSeries series, List<Booking> dates, SeriesExceptionReason reason, Instant now, CancellationToken stop)
    {
        await Except(db, series.Id, [.. dates.Select(booking => (booking.SeriesDate!.Value, reason))], now, stop);
        Guid[] gone = [.. dates.Select(booking => booking.Id)];
        if (await db.Bookings.OfSeries(series.Id).AnyAsync(
            one => one.Status == BookingStatus.Confirmed && one.End > now && !EF.Parameter(gone).Contains(one.Id), stop))
            series.Reschedule(now);
        else
            series.Close(now);
    }

    private static async Task<List<(BookingSeries Series, List<Booking> Dates)>> Of(
        HubDb db, IReadOnlyCollection<Booking> bookings, CancellationToken stop)
    {
        List<(BookingSeries, List<Booking>)> found = [];
        foreach (var theirs in bookings.Where(booking => booking.SeriesId is not null).GroupBy(booking => booking.SeriesId!.Value))
            found.Add((await db.BookingSeries.SingleAsync(series => series.Id == theirs.Key, stop), [.. theirs]));
        return found;
    }
}
