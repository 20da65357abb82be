using System.Runtime.InteropServices;

namespace DigiHub.Data;

/// <summary>
/// A row that pages show which stay open: when it is saved, they are told after the commit (<see cref="ILiveSignal"/>). One that is moved
/// counts for where it was and for where it is.
/// </summary>
public interface IShownLive
{
    ShownAt ShownAt { get; }
}

/// <summary>Where and when a row is seen: at a site, or in a space or on a unit, of which the catalogue knows the site.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ShownAt(Instant Start, Instant End)
{
    public int? SiteId { get; init; }

    public int? SpaceId { get; init; }

    public int? UnitId { get; init; }
}

/// <summary>Is told what looks different after each commit. Must not block: who has written waits for it.</summary>
public interface ILiveSignal
{
    /// <param name="shown">At least one, unless everything has changed.</param>
    /// <param name="everything">The catalogue changed: sites, spaces, hours, closed days, rules.</param>
    void Signal(IReadOnlyList<ShownAt> shown, bool everything);
}
