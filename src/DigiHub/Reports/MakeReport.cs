using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Demand;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;

namespace DigiHub.Reports;

/// <param name="SiteId">Null: all that the viewer may see.</param>
/// <param name="HoursOf">Whose use is shown by weekday and hour.</param>
public sealed record ReportRequest(int? SiteId = null, ReportSpan Span = ReportSpan.FourWeeks, SpaceKind HoursOf = SpaceKind.Desk);

/// <summary>
/// How much of the hub's open hours was booked and used (bookings.md section 15). A hall counts as its parts, so that no square metre
/// counts twice. Bookings count by their promised local times, as far as these lie within opening hours.
/// </summary>
public sealed class MakeReport(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>Null for who may not, at the site asked for or anywhere.</summary>
    public async Task<Report?> Run(ReportRequest request, Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        List<SiteContext> places = [.. map.Places.Where(place => viewer.May(Permission.SeeAdministration, place.Site.Id)
            && (request.SiteId is null || place.Site.Id == request.SiteId))];
        if (places.Count == 0)
            return null;

        await using var db = databases.Open();
        var today = places[0].Time.DateOf(now);
        int[] sites = [.. places.Select(place => place.Site.Id)];
        var first = await db.Bookings.Where(one => EF.Parameter(sites).Contains(one.SiteId)
                && (one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.Released))
            .MinAsync(one => (LocalDateTime?)one.StartLocal, stop) is { } begun ? begun.Date : today;
        var from = LocalDate.Max(Back(today, request.Span), LocalDate.Min(first, today));
        var counting = await Count(db, map, places, from, today, request.HoursOf, stop);
        // A period before counts only as a whole, else the hub's first weeks would look like growth.
        var earlier = Back(from, request.Span);
        Minutes? before = first <= earlier
            ? (await Count(db, map, places, earlier, from, request.HoursOf, stop)).Kind(request.HoursOf).Minutes : null;
        return new Report(from, today, places, request.HoursOf, counting.Kinds(), counting.Spaces(), counting.Hours(), before,
            counting.LeadHours, await Wishes(db, sites, from, today, stop));
    }

    private static LocalDate Back(LocalDate day, ReportSpan span) => span switch
    {
        ReportSpan.FourWeeks => day.PlusWeeks(-4),
        ReportSpan.Quarter => day.PlusWeeks(-13),
        _ => day.PlusWeeks(-52),
    };

    private static async Task<ReportCounting> Count(
        HubDb db, HubDirectory map, IReadOnlyList<SiteContext> places, LocalDate from, LocalDate until, SpaceKind hoursOf,
        CancellationToken stop)
    {
        var counting = new ReportCounting(map, places, from, until, hoursOf);
        foreach (var place in places)
        {
            var (siteId, begins, ends) = (place.Site.Id, from.AtMidnight(), until.AtMidnight());
            var spaceIds = map.Spaces.Where(space => space.SiteId == siteId).Select(space => space.Id).ToArray();
            await foreach (var closed in db.Set<SpaceClosure>().AsNoTracking()
                .Where(one => EF.Parameter(spaceIds).Contains(one.SpaceId) && one.LocalStart < ends && one.LocalEnd > begins)
                .Select(one => new { one.SpaceId, one.LocalStart, one.LocalEnd }).AsAsyncEnumerable().WithCancellation(stop))
                counting.Close(place, closed.SpaceId, closed.LocalStart, closed.LocalEnd);
            await foreach (var one in db.Bookings.AsNoTracking()
                .Where(one => one.SiteId == siteId && (one.Status == BookingStatus.Confirmed || one.Status == BookingStatus.Released)
                    && one.StartLocal < ends && one.EndLocal > begins)
                .Select(one => new
                {
                    one.SpaceId,
                    one.StartLocal,
                    one.EndLocal,
                    IsReleased = one.Status == BookingStatus.Released,
                    IsAsked = one.CheckInBy != null || one.Status == BookingStatus.Released,
                    one.Start,
                    one.CreatedAt,
                }).AsAsyncEnumerable().WithCancellation(stop))
            {
                counting.Add(place, one.SpaceId, one.StartLocal, one.EndLocal, isUsed: !one.IsReleased);
                counting.Booked(one.SpaceId, one.IsAsked, one.IsReleased, one.Start - one.CreatedAt);
            }

            await foreach (var evt in db.Events.AsNoTracking()
                .Where(evt => evt.SiteId == siteId && evt.Status == EventStatus.Published && evt.SpaceId != null
                    && evt.StartLocal < ends && evt.EndLocal > begins)
                .Select(evt => new { SpaceId = evt.SpaceId!.Value, evt.StartLocal, evt.EndLocal }).AsAsyncEnumerable()
                .WithCancellation(stop))
                counting.Add(place, evt.SpaceId, evt.StartLocal, evt.EndLocal, isUsed: true);
        }

        return counting;
    }

    private static async Task<IReadOnlyList<WishUse>> Wishes(
        HubDb db, int[] sites, LocalDate from, LocalDate until, CancellationToken stop)
    {
        var rows = await db.UnmetWishes.AsNoTracking()
            .Where(wish => EF.Parameter(sites).Contains(wish.SiteId) && wish.Date >= from && wish.Date < until).ToListAsync(stop);
        return [.. rows.GroupBy(wish => (wish.SiteId, wish.Kind, wish.Date.DayOfWeek, wish.Hour, wish.Code))
            .Select(same => new WishUse(same.Key.SiteId, same.Key.Kind, same.Key.DayOfWeek, same.Key.Hour, same.Key.Code,
                same.Sum(wish => wish.Count)))
            .OrderByDescending(wish => wish.Count).ThenBy(wish => wish.Day).ThenBy(wish => wish.Hour)];
    }
}
