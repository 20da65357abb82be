using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

/// <param name="Dates">Its bookings, by date.</param>
/// <param name="Exceptions">The dates that it does not have, by date; a cancelled one has a booking, too.</param>
public sealed record SeriesView(
    BookingSeries Series, Space Space, SiteContext Place, PersonName MemberName,
    IReadOnlyList<Booking> Dates, IReadOnlyList<SeriesException> Exceptions);

/// <summary>How many dates an act on a series would concern: what a dialog says before it, and what the act then does.</summary>
/// <param name="Ahead">Standing and not begun, in the scope.</param>
/// <param name="IsRunning">One in the scope has begun and goes on.</param>
/// <param name="Past">Over, of the whole series; no act touches them.</param>
/// <param name="Differing">Of those ahead, the dates that were changed by themselves.</param>
public sealed record SeriesCounts(int Ahead, bool IsRunning, int Past, IReadOnlyList<LocalDate> Differing);

/// <summary>One series, for those who may see it.</summary>
public sealed class OneSeries(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <returns>Null: not there, or not theirs to see.</returns>
    public async Task<SeriesView?> Find(Guid seriesId, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        if (await Visible(db, seriesId, viewer, stop) is not { } series || map.Space(series.SpaceId) is not { } space)
            return null;
        var dates = await db.Bookings.AsNoTracking().OfSeries(seriesId).OrderBy(one => one.SeriesDate).ToListAsync(stop);
        if (viewer.SeesNoTitlesOf(series.MemberId) && !viewer.Sees(series.SiteId))
        {
            series.Title = null; // as of single bookings
            dates.ForEach(date => date.Title = null);
        }

        return new SeriesView(series, space, map.PlaceOf(space),
            await db.Members.Where(one => one.Id == series.MemberId).Select(one => one.Name).SingleAsync(stop),
            dates,
            await db.SeriesExceptions.AsNoTracking().Where(one => one.SeriesId == seriesId).OrderBy(one => one.Date).ToListAsync(stop));
    }

    /// <param name="date">Of its pattern; needed but for <see cref="SeriesScope.AllFuture"/>.</param>
    /// <returns>Null: not there, or not theirs to see.</returns>
    public async Task<SeriesCounts?> Count(Guid seriesId, SeriesScope scope, LocalDate? date, Viewer viewer, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if (await Visible(db, seriesId, viewer, stop) is null)
            return null;
        var ahead = await LockedSeries.InScope(db, seriesId, scope, date).AsNoTracking().Ahead(now)
            .OrderBy(one => one.SeriesDate).Select(one => new { one.SeriesDate, one.OwnFields }).ToListAsync(stop);
        return new SeriesCounts(
            ahead.Count,
            await LockedSeries.InScope(db, seriesId, scope, date).Running(now).AnyAsync(stop),
            await db.Bookings.OfSeries(seriesId).CountAsync(one => one.Status == BookingStatus.Confirmed && one.End <= now, stop),
            [.. ahead.Where(one => one.OwnFields != OwnFields.None).Select(one => one.SeriesDate!.Value)]);
    }

    private static async Task<BookingSeries?> Visible(HubDb db, Guid seriesId, Viewer viewer, CancellationToken stop)
    {
        var series = await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop);
        return series is not null && (viewer.IsOrActsFor(series.MemberId) || viewer.Sees(series.SiteId)) ? series : null;
    }
}
