using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>One floor as its published plan draws it, on one day or span.</summary>
/// <param name="Plan">Its cells are the positions; the floor's stylesheet, /floors/{id}.css, puts each thing in its place.</param>
/// <param name="Version">Changes when a position does; the stylesheet's address carries it.</param>
public sealed record FloorPlanView(FloorPlan Plan, string Name, string Version, IReadOnlyList<PlanZone> Zones)
{
    /// <summary>Rooms, booths and labs: links to their booking.</summary>
    public IReadOnlyList<PlanRoom> Rooms { get; init; } = [];

    /// <summary>Desks on offer that nobody has placed yet: to be chosen beneath the plan.</summary>
    public IReadOnlyList<PlanDesk> Unplaced { get; init; } = [];

    /// <summary>Who reads it stands where people come in: the page was opened by a sign there.</summary>
    public bool IsThere { get; init; }

    public int FreeCount => Zones.Sum(zone => zone.Desks.Count(desk => desk.State == DeskState.Free))
        + Unplaced.Count(desk => desk.State == DeskState.Free);
}

/// <summary>Desks that stand together under one name ("Window row").</summary>
public sealed record PlanZone(string Name, IReadOnlyList<PlanDesk> Desks);

/// <param name="Label">What stands on it, short: "E2-05".</param>
/// <param name="Traits">"window, monitor"; may be empty.</param>
/// <param name="Place">Null: not on the plan.</param>
public sealed record PlanDesk(int SpaceId, string Label, string Traits, PlanPlace? Place, DeskState State)
{
    /// <summary>The desk this member booked last.</summary>
    public bool IsUsual { get; init; }

    /// <summary>Who sits there, only where they agreed to be seen.</summary>
    public string? TakenBy { get; init; }
}

/// <param name="Href">Where it is booked.</param>
/// <param name="Seats">"8 seats".</param>
public sealed record PlanRoom(int SpaceId, string Name, string Seats, string Href, PlanPlace Place, bool IsFree)
{
    /// <summary>A hall around other rooms: its name stands at its upper edge.</summary>
    public bool IsAround { get; init; }
}

public enum DeskState { Free, Booked, Mine }
