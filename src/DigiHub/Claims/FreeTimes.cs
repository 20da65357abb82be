using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Claims;

/// <summary>
/// What is free of some spaces during a window of time, for plans that move much at once: read in one query, and what the plan itself takes
/// is counted in.
/// </summary>
internal sealed class FreeTimes
{
    private readonly Dictionary<int, List<Span>> byUnit;

    private FreeTimes(Dictionary<int, List<Span>> byUnit) => this.byUnit = byUnit;

    /// <param name="window">Covers all that will be asked about, with set-up and tear-down.</param>
    /// <param name="except">Holders whose claims do not count: they are about to go.</param>
    public static async Task<FreeTimes> Load(
        HubDb db, IReadOnlyCollection<Space> spaces, Span window, IReadOnlySet<Guid> except, CancellationToken stop)
    {
        if (spaces.Count == 0)
            return new FreeTimes([]);
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        var claims = await db.Claims.AsNoTracking().Overlapping(units, window)
            .Select(claim => new { claim.UnitId, claim.Start, claim.End, claim.HolderId }).ToListAsync(stop);
        return new FreeTimes(claims.Where(claim => !except.Contains(claim.HolderId)).GroupBy(claim => claim.UnitId)
            .ToDictionary(unit => unit.Key, unit => unit.Select(claim => new Span(claim.Start, claim.End)).ToList()));
    }

    public bool IsFree(Space space, Span blocked) => space.Units.TrueForAll(unit =>
        !byUnit.TryGetValue(unit.UnitId, out var taken) || !taken.Exists(blocked.Overlaps));

    public void Take(Space space, Span blocked)
    {
        foreach (var unit in space.Units)
        {
            if (!byUnit.TryGetValue(unit.UnitId, out var taken))
                byUnit[unit.UnitId] = taken = [];
            taken.Add(blocked);
        }
    }
}
