using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Displays;

/// <summary>
/// How a room stands, for the screen at its door, where everybody reads it: so titles and names are those that a booking shows at the door,
/// and the titles of published events. All else is "booked".
/// </summary>
public sealed class RoomNow(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int NextMax = 3;

    /// <summary>A free room of which the next use begins sooner is soon taken.</summary>
    public static readonly Duration SoonWithin = Duration.FromMinutes(15);

    /// <returns>Null: no such room.</returns>
    public async Task<DoorView?> Run(int spaceId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Space(spaceId) is not { IsGone: false, Kind: not SpaceKind.Desk } space)
            return null;
        var (place, now) = (map.PlaceOf(space), clock.GetCurrentInstant());
        var local = place.Time.Local(now);
        if (Closing(space, place, local) is not { } closes)
            return new(space, place, local, DoorState.Closed, Current: null, [], Until: null, [])
            { ChangedAt = local.Date.AtMidnight() };

        List<Hold> holds;
        await using (var db = databases.Open())
            holds = await Holds(db, space, place, now, stop);
        var current = holds.Find(hold => hold.Span.Contains(now));
        List<Hold> next = [.. holds.Where(hold => hold.Span.Start > now && hold != current)];
        var until = current is null ? FreeUntil(space, next, place, closes) : FreeAgain(holds, now, place, closes);
        var isSoon = current is null && next.Count > 0 && next[0].Span.Start - now <= SoonWithin;
        return new(
            space, place, local, current is not null ? DoorState.InUse : isSoon ? DoorState.Soon : DoorState.Free,
            Shown(current, place), [.. next.Take(NextMax).Select(hold => Shown(hold, place)!)], until,
            current is null ? [.. Offers(space, place, holds, now)] : [])
        { ChangedAt = place.Time.Local(ChangedAt(holds, place.Time.DayOf(local.Date).Start, now)) };
    }

    /// <summary>The last time that something was taken, began, was soon to begin, or ended.</summary>
    private static Instant ChangedAt(List<Hold> holds, Instant midnight, Instant now) => holds
        .SelectMany(hold => new[] { hold.TakenAt, hold.Span.Start - SoonWithin, hold.Span.Start, hold.Span.End })
        .Where(change => change <= now).Append(midnight).Max();

    /// <summary>When the site closes today; null: it is closed now, or the room is not on offer.</summary>
    private static LocalDateTime? Closing(Space space, SiteContext place, LocalDateTime now) =>
        space.IsOfferedOn(now.Date) && place.Site.RetiredAt is null && place.Hours.On(now.Date)?.On(now.Date) is { } open
            && now >= open.Start && now < open.End
            ? open.End
            : null;

    /// <summary>Whatever takes some of the room, set-up and tear-down inside; a hall's two units are one.</summary>
    private sealed record Hold(Span Span, Instant TakenAt, DoorUse Use);

    private static async Task<List<Hold>> Holds(HubDb db, Space space, SiteContext place, Instant now, CancellationToken stop)
    {
        var day = place.Time.DayOf(place.Time.DateOf(now));
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var claims = await db.Claims.AsNoTracking().Overlapping(units, ClaimSpace.Blocked(space, day))
            .Where(claim => claim.HeldUntil == null || claim.HeldUntil > now)
            .Select(claim => new { claim.Start, claim.End, claim.TakenAt, claim.HolderKind, claim.HolderId }).ToListAsync(stop);
        Guid[] holders = [.. claims.Select(claim => claim.HolderId).Distinct()];
        var (bookings, events) = (await Bookings(db, holders, stop), await Titles(db, holders, stop));
        return [.. from claim in claims
                   group claim by (claim.HolderKind, claim.HolderId) into held
                   let span = new Span(held.Min(claim => claim.Start), held.Max(claim => claim.End))
                   orderby span.Start, held.Key.HolderId
                   select new Hold(span, held.Max(claim => claim.TakenAt), Use(held.Key.HolderKind, held.Key.HolderId))];

        DoorUse Use(string kind, Guid id)
        {
            if (kind == Booking.Subject.Name && bookings.TryGetValue(id, out var booked))
                return UseOf(booked.Booking, booked.Name, space, place, now);
            if (kind == Event.Subject.Name && events.TryGetValue(id, out var evt))
                return new(evt.StartLocal, evt.EndLocal, evt.Title, Who: null);
            return new(default, default, Title: null, Who: null) { IsOutOfService = kind == Claim.OutOfService };
        }
    }

    private static DoorUse UseOf(Booking booking, PersonName name, Space space, SiteContext place, Instant now)
    {
        var isShown = booking.ShowsAtDoor && !booking.IsWalkUp;
        var canCheckIn = booking.SpaceId == space.Id && CheckInRules.IsOpen(booking, space, now);
        return new(
            booking.StartLocal, booking.EndLocal,
            isShown && booking.Title is { } title ? new LocalisedText(title) : null,
            isShown && booking.MemberId != Nobody.Id ? name : null)
        {
            BookingId = booking.Id,
            IsWalkUp = booking.IsWalkUp,
            CheckInBy = canCheckIn ? place.Time.Local(booking.CheckInBy!.Value) : null,
        };
    }

    private static async Task<Dictionary<Guid, (Booking Booking, PersonName Name)>> Bookings(
        HubDb db, Guid[] holders, CancellationToken stop)
    {
        var members = db.Members;
        var rows = await db.Bookings.AsNoTracking().Where(one => EF.Parameter(holders).Contains(one.Id))
            .Join(members, one => one.MemberId, member => member.Id, (booking, member) => new { booking, member.Name }).ToListAsync(stop);
        return rows.ToDictionary(row => row.booking.Id, row => (row.booking, row.Name));
    }

    private static Task<Dictionary<Guid, Event>> Titles(HubDb db, Guid[] holders, CancellationToken stop) =>
        db.Events.AsNoTracking().Where(one => EF.Parameter(holders).Contains(one.Id) && one.Status == EventStatus.Published)
            .ToDictionaryAsync(one => one.Id, stop);

    /// <summary>What holds it without saying since when is shown from and until its claims.</summary>
    private static DoorUse? Shown(Hold? hold, SiteContext place) => hold is null ? null
        : hold.Use.End > hold.Use.Start ? hold.Use
        : hold.Use with { Start = place.Time.Local(hold.Span.Start), End = place.Time.Local(hold.Span.End) };

    private static LocalDateTime FreeUntil(Space space, List<Hold> next, SiteContext place, LocalDateTime closes) => next.Count == 0
        ? closes
        : LocalDateTime.Min(closes, place.Time.Local(next[0].Span.Start - Duration.FromMinutes(space.Rules.TearDownMinutes)));

    private static LocalDateTime? FreeAgain(List<Hold> holds, Instant now, SiteContext place, LocalDateTime closes)
    {
        var free = now;
        foreach (var hold in holds.Where(hold => hold.Span.End > now))
        {
            if (hold.Span.Start > free)
                break;
            free = Instant.Max(free, hold.Span.End);
        }

        var local = place.Time.Local(free);
        return local < closes ? local : null;
    }

    private static IEnumerable<int> Offers(Space space, SiteContext place, List<Hold> holds, Instant now) =>
        WalkUps.Minutes.Where(minutes => WalkUps.Check(space, place, minutes, now) is { IsDone: true, Value: var span }
            && holds.TrueForAll(hold => !hold.Span.Overlaps(ClaimSpace.Blocked(space, span))));
}
