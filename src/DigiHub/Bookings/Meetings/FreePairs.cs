using System.Collections.Frozen;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Meetings;

/// <param name="People">How many are there.</param>
public sealed record SiteWish(int SiteId, int People);

/// <summary>A room at each of two sites, both free at the same time.</summary>
public sealed record FreePair(FreeSpace First, FreeSpace Second);

/// <param name="Pairs">Smallest first; empty where one site has nothing.</param>
/// <param name="NothingAt">The sites that have no room then that is large enough and has all that was asked for.</param>
/// <param name="OtherTimes">Where there is no pair: when on that day there is one, nearest first; on the clock of the first site.</param>
public sealed record FoundPairs(
    IReadOnlyList<FreePair> Pairs, IReadOnlyList<SiteContext> NothingAt, IReadOnlyList<LocalSpan> OtherTimes);

/// <summary>
/// "Four people East, three West, screens, at two for an hour": pairs of rooms that are free then, the smallest that fit first. Rooms for
/// which somebody decides on each booking are left out, since a meeting does not wait.
/// </summary>
public sealed class FreePairs(FreeSpaces freeSpaces, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int PairsMax = 6, OtherTimesMax = 4;

    // Of each site the best fitting ones: more would only be the same room with ever larger ones beside it.
    private const int RoomsOfASite = 5;

    private static readonly int otherTimesEvery = 15;

    /// <param name="when">On the clock of the first site, within one day.</param>
    /// <param name="equipment">Keys of what stands in both.</param>
    /// <returns>Refuses with not_found, meeting_one_site and people_out_of_range; and by the rules of bookings where no room of a site
    /// could be booked then at all.</returns>
    public async Task<Outcome<FoundPairs>> Run(
        SiteWish first, SiteWish second, LocalSpan when, IReadOnlySet<string>? equipment, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Places.FirstOrDefault(one => one.Site.Id == first.SiteId) is not { } home
            || map.Places.FirstOrDefault(one => one.Site.Id == second.SiteId) is not { } away)
            return Refusal.NotFound;
        if (home == away)
            return MeetingRefusals.OneSite;
        if (first.People < 1 || second.People < 1)
            return BookingRules.NobodyComes;
        var typed = home.Time.Typed(when);
        if (!typed.IsDone)
            return typed.Refusal;

        var things = equipment ?? FrozenSet<string>.Empty;
        var ours = await Free(home, first, when, things, stop);
        var theirs = await Free(away, second, MeetingParts.OnClockOf(away, home, when, typed.Value), things, stop);
        if (ours.Refusal is not null && theirs.Refusal is not null)
            return ours.Refusal;
        var (here, there) = (ours.IsDone ? ours.Value : [], theirs.IsDone ? theirs.Value : []);
        if (here.Count > 0 && there.Count > 0)
            return new FoundPairs(SmallestFirst(here, there), [], []);
        List<SiteContext> without = [];
        if (here.Count == 0)
            without.Add(home);
        if (there.Count == 0)
            without.Add(away);
        return new FoundPairs([], without, await OtherTimes(map, (home, first), (away, second), when, things, stop));
    }

    private async Task<Outcome<IReadOnlyList<FreeSpace>>> Free(
        SiteContext place, SiteWish wish, LocalSpan when, IReadOnlySet<string> equipment, CancellationToken stop)
    {
        var found = await freeSpaces.Run(new()
        {
            When = When.Between(when.Start, when.End),
            SiteId = place.Site.Id,
            Kind = SpaceKind.Room,
            People = wish.People,
            Equipment = equipment,
        }, stop);
        return found.IsDone
            ? found.Value.Where(one => Suits(one.Space)).Take(RoomsOfASite).ToArray()
            : found.Refusal;
    }

    private static bool Suits(Space space) => BookMeeting.IsForMeetings(space) && !space.Rules.NeedsApproval;

    private static List<FreePair> SmallestFirst(IReadOnlyList<FreeSpace> here, IReadOnlyList<FreeSpace> there) =>
    [
        .. (from one in here
            from other in there
            orderby one.Space.Capacity + other.Space.Capacity, one.Space.Capacity, one.Space.Name, other.Space.Name
            select new FreePair(one, other)).Take(PairsMax),
    ];

    /// <summary>Both sites are read once; the times of the day are then tried in memory.</summary>
    private async Task<List<LocalSpan>> OtherTimes(
        HubDirectory map, (SiteContext Place, SiteWish Wish) home, (SiteContext Place, SiteWish Wish) away, LocalSpan when,
        IReadOnlySet<string> equipment, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var (rooms, others) = (Rooms(map, home, equipment), Rooms(map, away, equipment));
        if (rooms.Count == 0 || others.Count == 0 || home.Place.Hours.On(when.Start.Date) is not { } hours)
            return [];
        var open = hours.On(when.Start.Date);
        await using var db = databases.Open();
        var window = new Span(home.Place.Time.Shifted(open.Start), home.Place.Time.Shifted(open.End));
        var busy = await BusyTimes.Load(db, [.. rooms, .. others], window, stop);
        var length = Period.Between(when.Start, when.End, PeriodUnits.Minutes).Minutes;
        List<LocalSpan> found = [];
        for (var start = open.Start; start.PlusMinutes(length) <= open.End; start = start.PlusMinutes(otherTimesEvery))
        {
            var local = new LocalSpan(start, start.PlusMinutes(length));
            if (local != when && home.Place.Time.Typed(local) is { IsDone: true } span && IsFree(home.Place, rooms, local)
                && IsFree(away.Place, others, MeetingParts.OnClockOf(away.Place, home.Place, local, span.Value)))
                found.Add(local);
        }

        return [.. found.OrderBy(one => Math.Abs(Period.Between(when.Start, one.Start, PeriodUnits.Minutes).Minutes))
            .ThenBy(one => one.Start).Take(OtherTimesMax).OrderBy(one => one.Start)];

        bool IsFree(SiteContext place, List<Space> spaces, LocalSpan local) => spaces.Exists(space =>
            BookingRules.Check(space, place, local, now) is { IsDone: true } span && busy.IsFree(space, span.Value));
    }

    private static List<Space> Rooms(HubDirectory map, (SiteContext Place, SiteWish Wish) at, IReadOnlySet<string> equipment) =>
        [.. map.Offered(at.Place.Site.Id, SpaceKind.Room)
            .Where(space => Suits(space) && space.Capacity >= at.Wish.People && space.Has(equipment))];
}
