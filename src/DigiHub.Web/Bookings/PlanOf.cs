using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>Turns a floor's day into the view that the plan component shows.</summary>
public static class PlanOf
{
    /// <summary>Null: the floor has no published plan, or none of these desks stands on it.</summary>
    /// <param name="takenBy">Who sits there, where they show it to the reader.</param>
    public static FloorPlanView? Floor(
        HubDirectory map, DigiHub.Sites.Floor floor, IReadOnlyList<DigiHub.Bookings.DeskState> desks, IReadOnlyList<RoomState> rooms,
        int? usualDeskId, LocalDate day, Func<DigiHub.Bookings.DeskState, string?> takenBy)
    {
        if (map.Plan(floor.Id) is not { } plan)
            return null;
        var all = desks.Select(desk => (Zone: desk.Space.Zone.Here, Desk: Desk(map, desk, usualDeskId, takenBy(desk)))).ToLookup(
            one => one.Desk.Place is not null);
        if (!all.Contains(true))
            return null;
        List<RoomState> placed = [.. rooms.Where(room => room.Space.FloorId == floor.Id && map.OnPlan(room.Space) is not null)];
        return new(plan, floor.Name.Here, FloorStylesheet.VersionOf(plan),
            // In the order in which the desks are named, so that the arrow keys walk along the rows.
            [.. all[true].GroupBy(one => one.Zone, one => one.Desk, StringComparer.Ordinal)
                .Select(zone => new PlanZone(zone.Key, [.. zone]))])
        {
            Unplaced = [.. all[false].Select(one => one.Desk)],
            // Halls first, so that their parts lie over them.
            Rooms = [.. placed.Select(room => Room(map, room, day, IsAround(room.Space, placed)))
                .OrderBy(room => !room.IsAround).ThenBy(room => room.Name, StringComparer.Ordinal)],
        };
    }

    private static bool IsAround(Space hall, List<RoomState> rooms) => rooms.Exists(room =>
        room.Space.Id != hall.Id && room.Space.Units.Count < hall.Units.Count
        && room.Space.Units.TrueForAll(unit => hall.Units.Exists(whole => whole.UnitId == unit.UnitId)));

    private static PlanRoom Room(HubDirectory map, RoomState room, LocalDate day, bool isAround) =>
        new(room.Space.Id, room.Space.Name, SpaceWords.Seats(room.Space.Capacity).Here, Paths.BookSpace(room.Space.Id, day),
            map.OnPlan(room.Space)!, room.IsFree)
        {
            IsAround = isAround,
        };

    private static PlanDesk Desk(HubDirectory map, DigiHub.Bookings.DeskState desk, int? usualDeskId, string? takenBy) =>
        new(desk.Space.Id, desk.Space.Name, SpaceWords.Listed(desk.Space), map.OnPlan(desk.Space), StateOf(desk.Status))
        {
            IsUsual = desk.Space.Id == usualDeskId,
            TakenBy = takenBy,
        };

    private static Components.DeskState StateOf(DeskStatus status) => status switch
    {
        DeskStatus.Free => Components.DeskState.Free,
        DeskStatus.Mine => Components.DeskState.Mine,
        _ => Components.DeskState.Booked,
    };
}
