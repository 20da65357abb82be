using DigiHub.Bookings;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>Turns a floor's day into the view that the plan component shows.</summary>
public static class PlanOf
{
    public static FloorPlanView Floor(
        HubDirectory map, Floor floor, string name, IReadOnlyList<DigiHub.Bookings.DeskState> desks, int? usualDeskId)
    {
        var places = desks.Select(desk => (desk.Space.Id, desk.Space.PlanX, desk.Space.PlanY));
        return new(floor.Id, name, FloorStylesheet.VersionOf(places), Zones(desks, usualDeskId))
        {
            Marks = [.. map.Spaces
                .Where(space => space.FloorId == floor.Id && space is { IsOffered: true, Kind: not SpaceKind.Desk, PlanX: > 0, PlanY: > 0 })
                .Select(space => new PlanMark(space.Name, space.PlanX, space.PlanY))],
        };
    }

    // In the order in which the desks are named, so that the arrow keys walk along the rows.
    private static List<PlanZone> Zones(IReadOnlyList<DigiHub.Bookings.DeskState> desks, int? usualDeskId) =>
        [.. desks.GroupBy(desk => desk.Space.Zone.Here, StringComparer.Ordinal)
            .Select(zone => new PlanZone(zone.Key, [.. zone.Select(desk => Desk(desk, usualDeskId))]))];

    private static PlanDesk Desk(DigiHub.Bookings.DeskState desk, int? usualDeskId) =>
        new(desk.Space.Id, desk.Space.Name, SpaceWords.Listed(desk.Space), desk.Space.PlanX, desk.Space.PlanY, StateOf(desk.Status))
        {
            IsUsual = desk.Space.Id == usualDeskId,
        };

    private static Components.DeskState StateOf(DeskStatus status) => status switch
    {
        DeskStatus.Free => Components.DeskState.Free,
        DeskStatus.Mine => Components.DeskState.Mine,
        _ => Components.DeskState.Booked,
    };
}
