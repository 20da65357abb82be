using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Claims;

/// <summary>What is taken of some spaces during a window of time, read in one query; spans are then checked in memory.</summary>
internal sealed class BusyTimes
{
    private readonly ILookup<int, Span> byUnit;

    private BusyTimes(ILookup<int, Span> byUnit) => this.byUnit = byUnit;

    /// <param name="window">Covers every span that will be asked about; set-up and tear-down are added here.</param>
    public static async Task<BusyTimes> Load(HubDb db, IReadOnlyCollection<Space> spaces, Span window, CancellationToken stop)
    {
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        if (units.Length == 0)
            return new BusyTimes(Array.Empty<Span>().ToLookup(_ => 0));

        var wide = ClaimSpace.Widest(spaces, window);
        var claims = await db.Claims.Overlapping(units, wide)
            .Select(claim => new { claim.UnitId, claim.Start, claim.End }).ToListAsync(stop);
        return new BusyTimes(claims.ToLookup(claim => claim.UnitId, claim => new Span(claim.Start, claim.End)));
    }

    /// <summary>True if nothing that the span would block of the space is taken.</summary>
    public bool IsFree(Space space, Span span)
    {
        var blocked = ClaimSpace.Blocked(space, span);
        return space.Units.TrueForAll(unit => byUnit[unit.UnitId].All(busy => !busy.Overlaps(blocked)));
    }
}
