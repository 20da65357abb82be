using DigiHub.Access;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <param name="Space">That is out of service, and booked all the same.</param>
public sealed record OverlappedClosure(SpaceClosure Closure, Space Space);

/// <summary>
/// Times out of service in which something is booked: it was booked by a zone's new rules before the closure followed them
/// (<see cref="RecomputeInstants"/>). Derived from the claims, without a flag that could be wrong.
/// </summary>
public sealed class OverlappedClosures(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int RowsMax = 500;

    /// <summary>Those that are not over, at the sites whose closures the viewer manages, by start.</summary>
    public async Task<IReadOnlyList<OverlappedClosure>> Run(Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        int[] spaceIds = [.. map.Spaces.Where(space => viewer.May(Permission.ManageClosures, space.SiteId)).Select(space => space.Id)];
        if (spaceIds.Length == 0)
            return [];
        await using var db = databases.Open();
        var ahead = await db.Set<SpaceClosure>().AsNoTracking()
            .Where(closure => EF.Parameter(spaceIds).Contains(closure.SpaceId) && closure.End > now && closure.End > closure.Start)
            .OrderBy(closure => closure.Start).ThenBy(closure => closure.Id).Take(RowsMax).ToListAsync(stop);
        List<OverlappedClosure> found = [];
        foreach (var closure in ahead)
        {
            var space = map.Space(closure.SpaceId)!;
            int[] units = [.. space.Units.Select(unit => unit.UnitId)];
            var id = closure.Id;
            if (await db.Claims.Overlapping(units, closure.Span).AnyAsync(claim => claim.HolderId != id && claim.End > now, stop))
                found.Add(new(closure, space));
        }

        return found;
    }
}
