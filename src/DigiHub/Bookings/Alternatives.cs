using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Alternatives to what was refused: other spaces at that time, other times of that space, the other site. To any of a pool: spaces outside
/// it, and other times of the pool.
/// </summary>
public sealed class Alternatives(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    // A mixture serves most people: some need this hour, some this room.
    private const int SpacesFirst = 3, TimesFirst = 2, SitesFirst = 1;

    /// <summary>Codes of refusals that another time or space avoids.</summary>
    private static readonly HashSet<string> HaveAlternatives =
    [
        "slot_taken", "pool_taken", "space_not_offered", "too_many_people", "in_the_past", "notice_too_short", "outside_opening_hours",
        "closed_that_day", "off_the_grid", "too_short", "too_long", "too_late_for_approval", "meeting_needs_approval",
    ];

    /// <summary>
    /// Free at this moment and within the rules, best first, at most <see cref="Refusal.AlternativesMax"/>; not reserved.
    /// </summary>
    /// <param name="people">How many must fit; null where it was not said.</param>
    public async Task<IReadOnlyList<Alternative>> Of(Space space, LocalSpan asked, int? people, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();

        var elsewhere = await Elsewhere(db, map, space, [space.Id], asked, people, now, stop);
        var times = BookingRules.CheckPeople(space, people) is null
            ? await OtherTimes(db, map.PlaceOf(space), [space], poolId: null, asked, now, stop)
            : [];
        return Mixed(elsewhere, times);
    }

    /// <summary>The same of any of a pool, which may be booked by its own number at the other times.</summary>
    public async Task<IReadOnlyList<Alternative>> Of(Pool pool, LocalSpan asked, int? people, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        List<Space> members = [.. map.MembersOf(pool).Where(space => space.IsOffered && BookingRules.CheckPeople(space, people) is null)];
        if (members.Count == 0)
            return [];
        await using var db = databases.Open();
        var elsewhere = await Elsewhere(db, map, members[0], [.. members.Select(one => one.Id)], asked, people, now, stop);
        return Mixed(elsewhere, await OtherTimes(db, map.PlaceOf(members[0]), members, pool.Id, asked, now, stop));
    }

    private static IReadOnlyList<Alternative> Mixed(List<Alternative> elsewhere, List<Alternative> times)
    {
        var spaces = elsewhere.Where(alternative => alternative.Kind == AlternativeKind.OtherSpace).ToList();
        var sites = elsewhere.Where(alternative => alternative.Kind == AlternativeKind.OtherSite).ToList();
        var mixed = spaces.Take(SpacesFirst).Concat(times.Take(TimesFirst)).Concat(sites.Take(SitesFirst));
        return [.. mixed.Concat(spaces.Skip(SpacesFirst)).Concat(times.Skip(TimesFirst))
            .Concat(sites.Skip(SitesFirst)).Take(Refusal.AlternativesMax)];
    }

    internal async Task<Refusal> BesideRefusal(Refusal refusal, Space space, LocalSpan asked, int? people, CancellationToken stop) =>
        HaveAlternatives.Contains(refusal.Code) ? refusal with { Alternatives = await Of(space, asked, people, stop) } : refusal;

    internal async Task<Refusal> BesideRefusal(Refusal refusal, Pool pool, LocalSpan asked, int? people, CancellationToken stop) =>
        HaveAlternatives.Contains(refusal.Code) ? refusal with { Alternatives = await Of(pool, asked, people, stop) } : refusal;

    private static async Task<List<Alternative>> Elsewhere(
        HubDb db, HubDirectory map, Space space, HashSet<int> except, LocalSpan asked, int? people, Instant now, CancellationToken stop)
    {
        var candidates = new List<(Space Space, SiteContext Place, Span Span)>();
        foreach (var other in map.Spaces.Where(other => !except.Contains(other.Id)
            && other.Kind == space.Kind && other.Capacity >= (people ?? 1)))
        {
            var place = map.PlaceOf(other);
            var span = BookingRules.Check(other, place, asked, now);
            if (span.IsDone)
                candidates.Add((other, place, span.Value));
        }

        if (candidates.Count == 0)
            return [];
        var window = new Span(candidates.Min(one => one.Span.Start), candidates.Max(one => one.Span.End));
        var busy = await BusyTimes.Load(db, [.. candidates.Select(one => one.Space)], window, stop);
        return [.. from one in candidates
                   where busy.IsFree(one.Space, one.Span)
                   orderby Distance(map, space, one.Space, people)
                   let kind = one.Space.SiteId == space.SiteId ? AlternativeKind.OtherSpace : AlternativeKind.OtherSite
                   select new Alternative(one.Space.Id, one.Space.Name, one.Place.Site.Slug,
                       one.Place.Site.Short, asked.Start, asked.End, kind)];
    }

    /// <summary>The right size counts most, then the same floor and zone, then steps on the plan.</summary>
    private static (int Seats, bool OtherFloor, bool OtherZone, double Steps) Distance(
        HubDirectory map, Space from, Space to, int? people) => (
        Math.Abs(to.Capacity - (people ?? from.Capacity)),
        to.FloorId != from.FloorId,
        to.Zone != from.Zone,
        map.Steps(from, to));

    private static async Task<List<Alternative>> OtherTimes(
        HubDb db, SiteContext place, List<Space> spaces, int? poolId, LocalSpan asked, Instant now, CancellationToken stop)
    {
        var candidates = NearbyTimes.Of(spaces[0], place, asked, now);
        if (candidates.Count == 0)
            return [];

        var window = new Span(candidates.Min(one => one.Span.Start), candidates.Max(one => one.Span.End));
        var busy = await BusyTimes.Load(db, spaces, window, stop);
        return [.. from one in candidates
                   let space = spaces.FirstOrDefault(space => busy.IsFree(space, one.Span))
                   where space is not null
                   select new Alternative(space.Id, space.Name, place.Site.Slug, place.Site.Short,
                       one.Local.Start, one.Local.End, AlternativeKind.OtherTime)
                   { PoolId = poolId }];
    }
}
