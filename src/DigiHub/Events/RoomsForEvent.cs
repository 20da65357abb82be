using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>A room or lab that an event could be held in.</summary>
/// <param name="Taken">
/// What it is taken for in that time, set-up and tear-down inside, at the site's time; null if it is free or no time was asked.
/// </param>
public sealed record RoomOffer(Space Room, SiteContext Place, LocalSpan? Taken)
{
    public bool IsFree => Taken is null;
}

/// <param name="Start">Null: only which rooms there are.</param>
/// <param name="End">Null: two hours after the start.</param>
/// <param name="SetUpMinutes">Null: the room's own, as for <see cref="EventDraft"/>.</param>
/// <param name="ExceptEventId">The event that asks: what it holds itself does not stand in its way.</param>
public sealed record RoomsForEventQuery(
    LocalDateTime? Start, LocalDateTime? End = null, int? SetUpMinutes = null, int? TearDownMinutes = null, Guid? ExceptEventId = null);

/// <summary>The rooms and labs of all sites for an event's editor, by site and then by name, and which are free then.</summary>
public sealed class RoomsForEvent(HubDbFactory databases, Catalogue catalogue)
{
    /// <summary>As long as an event lasts unless its organiser says otherwise.</summary>
    public static readonly Period UsualLength = Period.FromHours(2);

    public async Task<IReadOnlyList<RoomOffer>> Run(RoomsForEventQuery query, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var rooms = from place in map.Places
                    from space in map.Offered(place.Site.Id)
                    where space.Kind is SpaceKind.Room or SpaceKind.Lab
                        && (query.Start is not { } start || space.IsOfferedOn((query.End ?? start).Date))
                    select (Space: space, Place: place, Blocked: Blocked(space, place, query));
        (Space Space, SiteContext Place, Span? Blocked)[] all = [.. rooms];

        var claims = await ClaimsWithin([.. all.Where(room => room.Blocked is not null)], query.ExceptEventId, stop);
        return [.. all.Select(room => new RoomOffer(room.Space, room.Place, Taken(room.Space, room.Place, room.Blocked)))];

        LocalSpan? Taken(Space space, SiteContext place, Span? blocked)
        {
            if (blocked is not { } span)
                return null;
            var units = space.Units.Select(unit => unit.UnitId).ToHashSet();
            var inTheWay = claims.Where(claim => units.Contains(claim.UnitId) && new Span(claim.Start, claim.End).Overlaps(span)).ToList();
            return inTheWay.Count == 0
                ? null
                : new LocalSpan(place.Time.Local(inTheWay.Min(claim => claim.Start)), place.Time.Local(inTheWay.Max(claim => claim.End)));
        }
    }

    /// <summary>Null where nothing can be said: no time was typed, or one that does not exist.</summary>
    private static Span? Blocked(Space space, SiteContext place, RoomsForEventQuery query)
    {
        if (query.Start is not { } start)
            return null;
        var span = place.Time.Typed(start, query.End ?? start + UsualLength);
        return span.IsDone && span.Value.Length <= Duration.FromDays(DraftRules.DaysMax)
            ? ClaimSpace.Blocked(
                span.Value, query.SetUpMinutes ?? space.Rules.SetUpMinutes, query.TearDownMinutes ?? space.Rules.TearDownMinutes)
            : null;
    }

    /// <summary>One query for all rooms, not one for each.</summary>
    private async Task<IReadOnlyList<Claim>> ClaimsWithin(
        (Space Space, SiteContext Place, Span? Blocked)[] rooms, Guid? exceptEventId, CancellationToken stop)
    {
        if (rooms.Length == 0)
            return [];

        int[] units = [.. rooms.SelectMany(room => room.Space.Units).Select(unit => unit.UnitId).Distinct()];
        var widest = new Span(rooms.Min(room => room.Blocked!.Value.Start), rooms.Max(room => room.Blocked!.Value.End));
        await using var db = databases.Open();
        return await db.Claims.AsNoTracking().Overlapping(units, widest)
            .Where(claim => exceptEventId == null || claim.HolderId != exceptEventId)
            .ToListAsync(stop);
    }
}
