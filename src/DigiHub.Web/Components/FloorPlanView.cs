namespace DigiHub.Web.Components;

/// <summary>One floor as the plan draws it, on one day or span. Positions are percent of the plan's width and height.</summary>
/// <param name="FloorId">Also names its stylesheet, /floors/{id}.css, which puts each desk in its place.</param>
/// <param name="Version">Changes when a position does; the stylesheet's address carries it.</param>
public sealed record FloorPlanView(int FloorId, string Name, string Version, IReadOnlyList<PlanZone> Zones)
{
    /// <summary>Rooms and the like: drawn so that people find their way, not to be chosen here.</summary>
    public IReadOnlyList<PlanMark> Marks { get; init; } = [];

    public int DesksCount => Zones.Sum(zone => zone.Desks.Count);

    public int FreeCount => Zones.Sum(zone => zone.Desks.Count(desk => desk.State == DeskState.Free));
}

/// <summary>Desks that stand together under one name ("Window row").</summary>
public sealed record PlanZone(string Name, IReadOnlyList<PlanDesk> Desks);

/// <param name="Label">What stands on it, short: "E2-05".</param>
/// <param name="Traits">"window, monitor"; may be empty.</param>
public sealed record PlanDesk(int SpaceId, string Label, string Traits, double X, double Y, DeskState State)
{
    /// <summary>The desk this member booked last.</summary>
    public bool IsUsual { get; init; }

    /// <summary>Who sits there, only where they agreed to be seen.</summary>
    public string? TakenBy { get; init; }
}

public sealed record PlanMark(string Name, double X, double Y);

public enum DeskState { Free, Booked, Mine }
