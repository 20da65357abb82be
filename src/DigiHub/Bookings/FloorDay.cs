using DigiHub.Access;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

public enum DeskStatus
{
    Free,

    /// <summary>Taken, but one half of the day is free.</summary>
    PartlyFree,

    Taken,

    /// <summary>Nobody can use it.</summary>
    OutOfService,

    /// <summary>The viewer's own.</summary>
    Mine,

    /// <summary>Free, but a rule says no: too far ahead, already begun.</summary>
    Closed,
}

/// <summary>The desks of a site, or of one of its floors, at one time.</summary>
/// <param name="Desks">All that are offered, by name.</param>
public sealed record FloorPicture(SiteContext Place, LocalSpan When, IReadOnlyList<DeskState> Desks)
{
    /// <summary>Rooms, booths and labs that stand on a published plan.</summary>
    public IReadOnlyList<RoomState> Rooms { get; init; } = [];
}

/// <param name="IsFree">In all of the time asked about.</param>
public sealed record RoomState(Space Space, bool IsFree);

/// <param name="BookingId">Only where the viewer may see the booking.</param>
/// <param name="MorningFree">Of the first day, whatever the time asked about; false where it cannot be booked any more.</param>
public sealed record DeskState(Space Space, DeskStatus Status, Guid? BookingId, bool MorningFree, bool AfternoonFree);

/// <summary>How the desks of a floor stand at one time, for the plan and for the list beside it.</summary>
public sealed class FloorDay(HubDbFactory databases, RecentClaims recent, Catalogue catalogue, IClock clock)
{
    /// <param name="floorId">Null: all floors of the site.</param>
    /// <returns>Refuses with not_found and as <see cref="When.At"/> does.</returns>
    public async Task<Outcome<FloorPicture>> Run(int siteId, int? floorId, When when, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(siteId) is not { } place)
            return Refusal.NotFound;
        var local = when.At(place);
        if (!local.IsDone)
            return local.Refusal;
        var span = place.Time.Typed(local.Value);
        if (!span.IsDone)
            return span.Refusal;

        var desks = map.Offered(siteId, SpaceKind.Desk).Where(desk => floorId is null || desk.FloorId == floorId).ToList();
        var rooms = map.Offered(siteId)
            .Where(room => room.Kind != SpaceKind.Desk && (floorId is null || room.FloorId == floorId) && map.OnPlan(room) is not null)
            .ToList();
        var day = place.Time.DayOf(local.Value.Start.Date);
        var window = new Span(Instant.Min(day.Start, span.Value.Start), Instant.Max(day.End, span.Value.End));
        await using var db = databases.Open();
        var holds = await Occupancy.Load(db, recent, [.. desks, .. rooms], window, viewer, stop);
        var rules = new CachedRuleCheck(place, clock.GetCurrentInstant());
        return new FloorPicture(place, local.Value,
            [.. desks.Select(desk => StateOf(desk, place, local.Value, span.Value, holds, viewer, rules))])
        {
            Rooms = [.. rooms.Select(room => new RoomState(room, holds.On(room, ClaimSpace.Blocked(room, span.Value)).Count == 0))],
        };
    }

    private static DeskState StateOf(
        Space desk, SiteContext place, LocalSpan local, Span span, Occupancy holds, Viewer viewer, CachedRuleCheck rules)
    {
        var then = holds.On(desk, ClaimSpace.Blocked(desk, span));
        var mine = viewer.MemberId is null ? null : then.Find(hold => hold.MemberId == viewer.MemberId);
        var (morning, afternoon) = (IsFree(DayHalf.Morning), IsFree(DayHalf.Afternoon));

        var status = then switch
        {
            _ when mine is not null => DeskStatus.Mine,
            [] => rules.Check(desk, local).IsDone ? DeskStatus.Free : DeskStatus.Closed,
            _ when local.IsWithinOneDay && (morning || afternoon) => DeskStatus.PartlyFree,
            _ => then.Exists(hold => hold.IsOutOfService) ? DeskStatus.OutOfService : DeskStatus.Taken,
        };
        var visible = mine ?? (viewer.Sees(desk.SiteId) ? then.FirstOrDefault() : null);
        return new DeskState(desk, status, visible?.BookingId, morning, afternoon);

        bool IsFree(DayHalf half)
        {
            var date = local.Start.Date;
            return place.Hours.On(date) is { } hours
                && rules.Check(desk, hours.Half(date, half)) is { IsDone: true } halfDay
                && holds.On(desk, ClaimSpace.Blocked(desk, halfDay.Value)).Count == 0;
        }
    }
}
