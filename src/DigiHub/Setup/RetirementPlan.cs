using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>A booking that stands in a space which is to be retired.</summary>
/// <param name="Proposed">Free at the same time and the likest; null: nothing is.</param>
/// <param name="Others">Also free then, the likest first.</param>
public sealed record PlannedBooking(
    Booking Booking, Space Space, PersonName MemberName, Space? Proposed, IReadOnlyList<Space> Others);

/// <summary>An event that stands in a room which is to be retired.</summary>
/// <param name="Free">Rooms that are free then and hold its people, the likest first. Somebody has to name one of them.</param>
public sealed record PlannedEvent(Event Event, Space Space, IReadOnlyList<Space> Free);

/// <param name="Bookings">By start.</param>
/// <param name="CanBeDeleted">Nothing ever referred to any of them: there is nothing to keep.</param>
public sealed record RetirementPlan(
    SiteContext Place, IReadOnlyList<Space> Spaces, LocalDate From, IReadOnlyList<PlannedBooking> Bookings,
    IReadOnlyList<PlannedEvent> Events, bool CanBeDeleted)
{
    /// <summary>More stand there than one act may settle.</summary>
    public bool IsTooMuch => Bookings.Count + Events.Count > RetireSpaces.StandingMax;
}

/// <summary>
/// What stands in desks and rooms after the day on which they are to be retired, and where each of it could go: of the same kind at the
/// same site, on offer and free at the same time; the likest in size, equipment and place first, of a pool's booking the rest of the pool
/// before all others. Changes nothing.
/// </summary>
public sealed class PlanRetirement(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int OthersMax = 6;

    /// <summary>Null: no such spaces, of several sites, or not theirs to retire.</summary>
    public async Task<RetirementPlan?> Run(Viewer viewer, IReadOnlyCollection<int> spaceIds, LocalDate from, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        Space[] spaces = [.. spaceIds.Distinct().Select(map.Space).OfType<Space>().OrderBy(space => space.Name, StringComparer.Ordinal)];
        if (spaces.Length is 0 or > EditSpaces.SpacesMax || spaces.Length != spaceIds.Distinct().Count()
            || spaces.Select(space => space.SiteId).Distinct().Count() != 1
            || !viewer.May(Permission.ManageSites, spaces[0].SiteId) || map.Place(spaces[0].SiteId) is not { } place)
            return null;

        await using var db = databases.Open();
        int[] ids = [.. spaces.Select(space => space.Id)];
        var begins = place.Time.DayOf(from).Start;
        var bookings = await StandingIn(db, ids, begins, now).AsNoTracking().Take(RetireSpaces.StandingMax + 1).ToListAsync(stop);
        var events = await EventsIn(db, ids, begins, now).AsNoTracking().Take(RetireSpaces.StandingMax + 1).ToListAsync(stop);
        Guid[] people = [.. bookings.Select(booking => booking.MemberId).Distinct()];
        var names = await db.Members.Where(member => people.Contains(member.Id))
            .ToDictionaryAsync(member => member.Id, member => member.Name, stop);
        var referred = await db.ReferredTo<int>(typeof(Space), [typeof(SpaceUnit), typeof(SpaceEquipment)], stop);

        Space[] elsewhere = [.. map.Offered(place.Site.Id).Where(space => !ids.Contains(space.Id))];
        var free = await Free(db, bookings, events, elsewhere, stop);
        return new(place, spaces, from,
            [.. bookings.Select(booking => Plan(booking, map, elsewhere, free, names, now))],
            [.. events.Select(evt => Plan(evt, map, elsewhere, free))],
            CanBeDeleted: !ids.Any(referred.Contains));
    }

    /// <summary>Those that have not begun and reach into that day or a later one, by start.</summary>
    internal static IQueryable<Booking> StandingIn(HubDb db, int[] spaceIds, Instant begins, Instant now) => db.Bookings
        .Where(booking => spaceIds.Contains(booking.SpaceId) && booking.Status == BookingStatus.Confirmed
            && booking.Start > now && booking.End > begins)
        .OrderBy(booking => booking.Start).ThenBy(booking => booking.Id);

    internal static IQueryable<Event> EventsIn(HubDb db, int[] spaceIds, Instant begins, Instant now) => db.Events
        .Where(evt => evt.SpaceId != null && spaceIds.Contains(evt.SpaceId.Value) && evt.Status == EventStatus.Published
            && evt.End > now && evt.End > begins)
        .OrderBy(evt => evt.Start).ThenBy(evt => evt.Id);

    private static async Task<FreeTimes> Free(
        HubDb db, List<Booking> bookings, List<Event> events, IReadOnlyCollection<Space> elsewhere, CancellationToken stop)
    {
        List<Span> spans = [.. bookings.Select(booking => booking.Span), .. events.Select(evt => evt.Span)];
        if (spans.Count == 0)
            return await FreeTimes.Load(db, [], window: default, new HashSet<Guid>(), stop);
        var most = Duration.FromHours(24); // more than anybody needs to set up and tear down
        var window = new Span(spans.Min(span => span.Start) - most, spans.Max(span => span.End) + most);
        HashSet<Guid> going = [.. bookings.Select(booking => booking.Id), .. events.Select(evt => evt.Id)];
        return await FreeTimes.Load(db, elsewhere, window, going, stop);
    }

    private static PlannedBooking Plan(
        Booking booking, HubDirectory map, IEnumerable<Space> elsewhere, FreeTimes free, Dictionary<Guid, PersonName> names, Instant now)
    {
        var space = map.Space(booking.SpaceId)!;
        var place = map.PlaceOf(space);
        List<Space> fit = [.. Likest(space, map, elsewhere.Where(other => other.Kind == space.Kind && other.Capacity >= LeastSeats(space)
            && BookingRules.CheckSameStart(other, place, booking.LocalSpan, now).IsDone
            && free.IsFree(other, ClaimSpace.Blocked(other, booking.Span))))
            .OrderByDescending(other => booking.PoolId is { } pool && other.PoolId == pool).Take(OthersMax)];
        if (fit is [var first, ..])
            free.Take(first, ClaimSpace.Blocked(first, booking.Span)); // the next one is proposed another
        return new(booking, space, names[booking.MemberId], fit.FirstOrDefault(), [.. fit.Skip(1)]);
    }

    private static PlannedEvent Plan(Event evt, HubDirectory map, IEnumerable<Space> elsewhere, FreeTimes free)
    {
        var space = map.Space(evt.SpaceId!.Value)!;
        var blocked = ClaimSpace.Blocked(evt.Span, evt.SetUpMinutes, evt.TearDownMinutes);
        return new(evt, space, [.. Likest(space, map, elsewhere.Where(other => other.Kind is SpaceKind.Room or SpaceKind.Lab
            && other.Capacity >= evt.Capacity && other.IsOfferedOn(evt.LocalSpan.LastDate) && free.IsFree(other, blocked)))]);
    }

    /// <summary>How many come is not known; half of the seats is the least that may do.</summary>
    private static int LeastSeats(Space space) => (space.Capacity + 1) / 2;

    private static IEnumerable<Space> Likest(Space space, HubDirectory map, IEnumerable<Space> others)
    {
        var has = space.Equipment.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        return others.OrderBy(other => other.Capacity < space.Capacity)
            .ThenBy(other => has.Count(key => !other.Equipment.Exists(one => one.Key == key)))
            .ThenBy(other => Math.Abs(other.Capacity - space.Capacity))
            .ThenBy(other => other.FloorId != space.FloorId).ThenBy(other => other.Zone != space.Zone)
            .ThenBy(other => map.Steps(space, other)).ThenBy(other => other.Name, StringComparer.Ordinal);
    }
}
