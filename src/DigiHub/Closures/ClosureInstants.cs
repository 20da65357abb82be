using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <summary>
/// Derives the instants of times out of service from their local times by the current rules of the zone; of one that has begun its end.
/// </summary>
internal sealed class ClosureInstants : IZoneFollower
{
    public async Task<IReadOnlyList<OutOfDate>> OutOfDate(
        HubDb db, HubDirectory map, SiteContext place, Instant now, CancellationToken stop)
    {
        int[] spaceIds = [.. map.Spaces.Where(space => space.SiteId == place.Site.Id).Select(space => space.Id)];
        var ahead = await db.Set<SpaceClosure>()
            .Where(closure => EF.Parameter(spaceIds).Contains(closure.SpaceId) && closure.End > now && closure.End > closure.Start)
            .OrderBy(closure => closure.Start).Take(IZoneFollower.RowsMax).ToListAsync(stop);
        return [.. ahead.Where(closure => closure.IsOutOfDate(place.Time, now)).Select(closure => Of(db, map, place, closure, now, stop))];
    }

    private static OutOfDate Of(HubDb db, HubDirectory map, SiteContext place, SpaceClosure closure, Instant now, CancellationToken stop)
    {
        var (thing, space) = (SpaceClosure.Subject.Of(closure.Id), map.Space(closure.SpaceId)!);
        return new(thing, () =>
        {
            closure.Follow(place.Time, now);
            db.Record(now, actorId: null, ClosureActs.SpaceRecomputed, closure.Id);
            return Task.CompletedTask;
        })
        {
            // Before what was booked: a desk that is broken is broken by the new rules, too.
            Space = new(Instant.MinValue,
                () => ClaimSpace.TakeWhatIsFree(db, space, closure.Span, thing, now, stop),
                () => db.Record(now, actorId: null, ClosureActs.SpaceOverlapped, closure.Id)),
        };
    }
}
