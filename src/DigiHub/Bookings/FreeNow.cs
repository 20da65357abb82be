using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A room or booth that is free now.</summary>
/// <param name="Offer">From the step of the clock that is running until half an hour from now, or a little more.</param>
/// <param name="FreeUntil">The next claim on it or closing time, at the site.</param>
public sealed record FreeRoom(Space Space, LocalSpan Offer, LocalDateTime FreeUntil);

/// <summary>
/// Rooms and booths of a site that are free for the next half hour at least: rooms first, the smallest before the larger, at
/// most <see cref="RoomsMax"/> and <see cref="BoothsMax"/>. Empty while the site is closed or about to close.
/// </summary>
public sealed class FreeNow(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int RoomsMax = 4, BoothsMax = 2;
    private const int MinutesAtLeast = 30;

    public async Task<IReadOnlyList<FreeRoom>> Run(int siteId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(siteId) is not { } place)
            return [];

        var now = place.Time.Local(clock.GetCurrentInstant());
        if (place.Hours.On(now.Date)?.On(now.Date) is not { } open || now < open.Start || now >= open.End)
            return [];

        var spaces = map.Offered(siteId)
            .Where(space => space.Kind is SpaceKind.Room or SpaceKind.Booth
                && space.Rules.Granularity == Granularity.Minutes && space.Rules.NoticeMinutes == 0)
            .ToList();
        var taken = await Taken(place, spaces, new LocalSpan(now, open.End), stop);
        var free = spaces
            .Select(space => Of(space, place, now, open.End, taken))
            .OfType<FreeRoom>()
            .OrderBy(room => room.Space.Capacity).ThenBy(room => room.Space.Name, StringComparer.Ordinal)
            .ToLookup(room => room.Space.Kind);
        return [.. free[SpaceKind.Room].Take(RoomsMax), .. free[SpaceKind.Booth].Take(BoothsMax)];
    }

    private async Task<ILookup<int, Span>> Taken(SiteContext place, List<Space> spaces, LocalSpan rest, CancellationToken stop)
    {
        if (spaces.Count == 0)
            return Array.Empty<Span>().ToLookup(_ => 0);
        // An offer begins with the step of the clock that runs, so up to a step ago, and blocks the set-up before and the tear-down after.
        var day = new Span(place.Time.Shifted(rest.Start), place.Time.Shifted(rest.End)).Widened(
            Duration.FromMinutes(spaces.Max(space => space.Rules.StepMinutes + space.Rules.SetUpMinutes)),
            Duration.FromMinutes(spaces.Max(space => space.Rules.TearDownMinutes)));
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        await using var db = databases.Open();
        var claims = await db.Claims.AsNoTracking().Overlapping(units, day)
            .Select(claim => new { claim.UnitId, claim.Start, claim.End }).ToListAsync(stop);
        return claims.ToLookup(claim => claim.UnitId, claim => new Span(claim.Start, claim.End));
    }

    private static FreeRoom? Of(Space space, SiteContext place, LocalDateTime now, LocalDateTime closes, ILookup<int, Span> taken)
    {
        var minute = now.TimeOfDay.Hour * 60 + now.TimeOfDay.Minute;
        var step = space.Rules.StepMinutes;
        var start = now.Date.AtMidnight().PlusMinutes(minute / step * step);
        var wanted =
            now.Date.AtMidnight().PlusMinutes((minute + MinutesAtLeast + step - 1) / step * step);
        if (wanted > closes || Minutes(start, wanted) < space.Rules.MinMinutes || Minutes(start, wanted) > space.Rules.MaxMinutes)
            return null;

        var blocked = ClaimSpace.Blocked(space, new Span(place.Time.Shifted(start), place.Time.Shifted(wanted)));
        var spans = space.Units.SelectMany(unit => taken[unit.UnitId]).ToList();
        if (spans.Exists(blocked.Overlaps))
            return null;

        var tearDown = Duration.FromMinutes(space.Rules.TearDownMinutes);
        var next = spans.Where(span => span.Start >= blocked.End).Select(span => span.Start - tearDown)
            .DefaultIfEmpty(place.Time.Shifted(closes)).Min();
        return new(space, new LocalSpan(start, wanted), LocalDateTime.Min(place.Time.Local(next), closes));
    }

    private static long Minutes(LocalDateTime from, LocalDateTime to) => Period.Between(from, to, PeriodUnits.Minutes).Minutes;
}
