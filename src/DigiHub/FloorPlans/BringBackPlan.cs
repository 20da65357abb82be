using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>
/// Makes a plan that was published once the draft again, in place of the draft there is: also the one that people see, which undoes all
/// that was drawn since. Nobody sees it before it is published.
/// </summary>
public sealed class BringBackPlan(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found (also for who may not) and stale if somebody saved or published since.</summary>
    /// <param name="revision">Of the draft, or the published plan, that the actor has seen; null: whatever there is.</param>
    public Task<Outcome<FloorPlan>> Run(Guid actorId, int floorId, int planId, int? revision, CancellationToken stop) =>
        unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfFloorPlans(floorId)], stop);
            var now = clock.GetCurrentInstant();
            if (!await db.MayDraw(actorId, floorId, now, stop)
                || await db.FloorPlans.WithAll.AsNoTracking().SingleOrDefaultAsync(
                    plan => plan.Id == planId && plan.FloorId == floorId && plan.PublishedAt != null, stop) is not { } past)
                return Refusal.NotFound;
            var latest = await db.LatestRevision(floorId, stop);
            if (revision is { } seen && seen != latest)
                return Refusal.Stale;

            // What has moved to another floor since is not on this one any more.
            var here = await db.Spaces.Where(space => space.FloorId == floorId).Select(space => space.Id).ToListAsync(stop);
            var drawn = FloorPlanDraft.Of(past);
            var draft = await SavePlan.Write(db, actorId, floorId, latest,
                drawn with { Places = [.. drawn.Places.Where(place => here.Contains(place.SpaceId))] }, past.Picture, now, stop);
            db.Record(now, actorId, FloorPlanActs.BroughtBack, draft.Id, $"plan {past.Id}");
            return (Outcome<FloorPlan>)draft;
        }, stop);
}
