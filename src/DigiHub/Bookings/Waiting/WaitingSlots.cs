using DigiHub.Claims;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Waiting;

/// <summary>One time of one space that somebody waits for, and that the rules allow.</summary>
internal sealed record WaitingSlot(Space Space, SiteContext Place, LocalSpan Local, Span Span)
{
    public Span Blocked => ClaimSpace.Blocked(Space, Span);
}

/// <summary>Everything that would do for who waits, whether or not it is free.</summary>
internal static class WaitingSlots
{
    /// <summary>In the order of the site, as far as they are on offer.</summary>
    public static IEnumerable<Space> Spaces(HubDirectory map, WaitingEntry entry)
    {
        var things = entry.Things;
        return Candidates(map, entry).Where(space =>
            space.IsOffered && BookingRules.CheckPeople(space, entry.People) is null && space.Has(things));
    }

    /// <summary>Within the rules as they are now; the soonest first, of several the smallest.</summary>
    public static List<WaitingSlot> Of(HubDirectory map, WaitingEntry entry, Instant now)
    {
        List<WaitingSlot> found = [];
        foreach (var ofSite in Spaces(map, entry).GroupBy(space => space.SiteId))
        {
            var place = map.Place(ofSite.Key)!;
            var rules = new CachedRuleCheck(place, now);
            foreach (var space in ofSite)
            {
                found.AddRange(from local in Times(space, place, entry)
                               let span = rules.Check(space, local)
                               where span.IsDone
                               select new WaitingSlot(space, place, local, span.Value));
            }
        }

        return [.. found.OrderBy(slot => slot.Span.Start).ThenBy(slot => slot.Space.Capacity).ThenBy(slot => slot.Space.SiteId)
            .ThenBy(slot => slot.Space.Name, StringComparer.Ordinal)];
    }

    /// <summary>Why not one of them may be booked, the first of the reasons; null: one may, or none fits.</summary>
    public static Refusal? WhyNone(HubDirectory map, WaitingEntry entry, Instant now)
    {
        Refusal? first = null;
        foreach (var space in Candidates(map, entry))
        {
            var place = map.PlaceOf(space);
            foreach (var local in Times(space, place, entry))
            {
                if (BookingRules.Check(space, place, local, now) is not { Refusal: { } refusal })
                    return null;
                first ??= refusal;
            }
        }

        return first;
    }

    /// <summary>
    /// The lengths and starts that fit the window there; of what is booked by parts of a day the shortest that is long enough.
    /// </summary>
    public static IEnumerable<LocalSpan> Times(Space space, SiteContext place, WaitingEntry entry)
    {
        if (entry.Minutes is not { } minutes)
            return [entry.Window];
        return entry.Window.Dates.SelectMany(date => place.Hours.On(date) is { } hours
            ? space.Rules.Granularity == Granularity.Minutes
                ? Steps(hours.On(date), entry.Window, space.Rules.StepMinutes, minutes)
                : Parts(hours, date, entry.Window, minutes)
            : []);
    }

    private static IEnumerable<Space> Candidates(HubDirectory map, WaitingEntry entry) =>
        entry.SpaceId is { } spaceId ? map.Space(spaceId) is { } only ? [only] : []
        : entry.PoolId is { } poolId ? map.Pool(poolId) is { } pool ? map.MembersOf(pool) : []
        : map.Places.Where(place => entry.SiteId is null || place.Site.Id == entry.SiteId)
            .SelectMany(place => map.Offered(place.Site.Id, entry.Kind));

    private static IEnumerable<LocalSpan> Steps(LocalSpan open, LocalSpan window, int step, int minutes)
    {
        var from = LocalDateTime.Max(open.Start, window.Start);
        var (until, midnight) = (LocalDateTime.Min(open.End, window.End), from.Date.AtMidnight());
        var first = (from.Hour * 60 + from.Minute + step - 1) / step * step;
        var length = (minutes + step - 1) / step * step;
        for (var start = midnight.PlusMinutes(first); start.PlusMinutes(length) <= until; start = start.PlusMinutes(step))
            yield return new LocalSpan(start, start.PlusMinutes(length));
    }

    private static IEnumerable<LocalSpan> Parts(DayHours hours, LocalDate date, LocalSpan window, int minutes)
    {
        var fitting = new[] { hours.Morning(date), hours.Afternoon(date), hours.On(date) }.Distinct()
            .Where(part => part.Start >= window.Start && part.End <= window.End && Minutes(part) >= minutes).ToList();
        return fitting.Count == 0 ? [] : fitting.Where(part => Minutes(part) == fitting.Min(Minutes));
    }

    private static long Minutes(LocalSpan part) => Period.Between(part.Start, part.End, PeriodUnits.Minutes).Minutes;
}
