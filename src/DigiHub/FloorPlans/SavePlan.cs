using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <param name="Revision">
/// What the actor has seen when they began to change it: of the draft, or of the published plan where there was none, 0 where there was
/// neither. Null: whatever there is.
/// </param>
public sealed record SavePlanRequest(Guid ActorId, int FloorId, int? Revision, FloorPlanDraft Draft);

/// <summary>Saves the draft of a floor's plan, which nobody sees but those who draw it, and begins it where there is none.</summary>
public sealed class SavePlan(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), stale if somebody else saved since, plan_size_out_of_range, outside_plan,
    /// space_of_other_floor, placed_twice, rotation_invalid, name_too_long and too_many_shapes.
    /// </summary>
    public Task<Outcome<FloorPlan>> Run(SavePlanRequest request, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfFloorPlans(request.FloorId)], stop); // two who save over the same revision wait for each other
        var now = clock.GetCurrentInstant();
        if (!await db.MayDraw(request.ActorId, request.FloorId, now, stop))
            return Refusal.NotFound;
        var latest = await db.LatestRevision(request.FloorId, stop);
        if (request.Revision is { } seen && seen != latest)
            return Refusal.Stale;
        var spaces = await db.Spaces.AsNoTracking().Where(space => space.FloorId == request.FloorId).ToListAsync(stop);
        if (FloorPlanRules.WhyNot(request.Draft, spaces) is { } refusal)
            return refusal;

        var picture = (await db.PlanToDraw(request.FloorId, stop))?.Picture;
        return (Outcome<FloorPlan>)await Write(db, request.ActorId, request.FloorId, latest, request.Draft, picture, now, stop);
    }, stop);

    /// <summary>Under the floor's lock: puts this in the place of the draft.</summary>
    internal static async Task<FloorPlan> Write(
        HubDb db, Guid actorId, int floorId, int latest, FloorPlanDraft drawn, string? picture, Instant now, CancellationToken stop)
    {
        var draft = await db.FloorPlans.SingleOrDefaultAsync(plan => plan.FloorId == floorId && plan.PublishedAt == null, stop);
        if (draft is null)
        {
            draft = new FloorPlan { FloorId = floorId, Columns = drawn.Columns, Rows = drawn.Rows, Revision = latest + 1, SavedAt = now };
            db.Add(draft);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, actorId, FloorPlanActs.Begun, draft.Id);
        }
        else
        {
            (draft.Columns, draft.Rows, draft.Revision, draft.SavedAt) = (drawn.Columns, drawn.Rows, latest + 1, now);
            // Written whole: a plan is a few hundred short rows, and what is left in place cannot be forgotten.
            await db.Set<PlanPlace>().Where(place => place.PlanId == draft.Id).ExecuteDeleteAsync(stop);
            await db.Set<PlanShape>().Where(shape => shape.PlanId == draft.Id).ExecuteDeleteAsync(stop);
        }

        draft.Picture = picture;
        draft.Places.AddRange(drawn.Places.Select(place => place.On(draft.Id)));
        draft.Shapes.AddRange(drawn.Shapes.Select((shape, position) => shape.On(draft.Id, position)));
        await db.SaveChangesAsync(stop);
        return draft;
    }
}

internal static class PlansToDraw
{
    extension(HubDb db)
    {
        /// <summary>Whether there is such a floor, and the actor may draw its plan.</summary>
        public async Task<bool> MayDraw(Guid actorId, int floorId, Instant now, CancellationToken stop) =>
            await db.Floors.Where(floor => floor.Id == floorId).Select(floor => (int?)floor.SiteId).SingleOrDefaultAsync(stop) is { } siteId
                && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, siteId) == true;

        /// <summary>The draft, else the plan that members see, with all that is on it; null where there is neither.</summary>
        public async Task<FloorPlan?> PlanToDraw(int floorId, CancellationToken stop)
        {
            var seen = await db.Floors.Where(floor => floor.Id == floorId).Select(floor => floor.PlanId).SingleOrDefaultAsync(stop);
            return await db.FloorPlans.WithAll.AsNoTracking()
                .Where(plan => plan.FloorId == floorId && (plan.PublishedAt == null || plan.Id == seen))
                .OrderByDescending(plan => plan.Revision).FirstOrDefaultAsync(stop);
        }

        /// <summary>Those that no plan has any more.</summary>
        public async Task ForgetPictures(CancellationToken stop)
        {
            await db.SaveChangesAsync(stop);
            var (plans, settings) = (db.FloorPlans, db.StoredSettings);
            await db.Set<PlanPicture>().Where(picture => !plans.Any(plan => plan.Picture == picture.Hash)
                && !settings.Any(logo => HubLogo.Keys.Contains(logo.Key) && logo.Value == picture.Hash)).ExecuteDeleteAsync(stop);
        }

        /// <summary>Of all plans of the floor; 0 where there is none.</summary>
        public async Task<int> LatestRevision(int floorId, CancellationToken stop) =>
            await db.FloorPlans.Where(plan => plan.FloorId == floorId).MaxAsync(plan => (int?)plan.Revision, stop) ?? 0;
    }
}
