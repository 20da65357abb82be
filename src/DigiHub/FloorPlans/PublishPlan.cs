using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <param name="Revision">Of the draft that the actor has seen; null: whatever there is.</param>
/// <param name="DespiteOverlaps">They know that things overlap.</param>
public sealed record PublishPlanRequest(Guid ActorId, int FloorId, int? Revision, bool DespiteOverlaps);

/// <summary>
/// Shows the draft of a floor's plan to everybody, in one commit. Touches no booking, no space and no claim; the plan before it stays and
/// can be brought back (<see cref="BringBackPlan"/>).
/// </summary>
public sealed class PublishPlan(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>How many plans of a floor are kept beside the one that people see.</summary>
    public const int PastMax = 20;

    /// <summary>
    /// Refuses with not_found (also for who may not), stale if somebody saved or published since, no_draft, and spaces_overlap unless the
    /// request accepts it.
    /// </summary>
    public Task<Outcome<FloorPlan>> Run(
        PublishPlanRequest request, CancellationToken stop, Alongside<FloorPlan>? along = null) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue, LockKey.OfPlanPictures, LockKey.OfFloorPlans(request.FloorId)], stop);
        var now = clock.GetCurrentInstant();
        if (!await db.MayDraw(request.ActorId, request.FloorId, now, stop))
            return Refusal.NotFound;
        if (request.Revision is { } seen && seen != await db.LatestRevision(request.FloorId, stop))
            return Refusal.Stale;
        if (await db.FloorPlans.WithAll.SingleOrDefaultAsync(
            plan => plan.FloorId == request.FloorId && plan.PublishedAt == null, stop) is not { } draft)
            return NoDraft;

        var spaces = await db.Spaces.AsNoTracking().Include(space => space.Units)
            .Where(space => space.FloorId == request.FloorId).ToListAsync(stop);
        var drawn = FloorPlanDraft.Of(draft);
        if (!request.DespiteOverlaps && PlanChanges.Between(drawn, drawn, spaces).Overlapping is [var first, ..])
            return Overlap(first);

        draft.PublishedAt = now;
        (await db.Floors.SingleAsync(floor => floor.Id == request.FloorId, stop)).PlanId = draft.Id;
        db.Record(now, request.ActorId, FloorPlanActs.Published, draft.Id);
        await db.SaveChangesAsync(stop);
        await Forget(db, request.FloorId, draft.Id, stop);
        return (Outcome<FloorPlan>)draft;
    }, stop, along);

    private static async Task Forget(HubDb db, int floorId, int seen, CancellationToken stop)
    {
        var old = await db.FloorPlans.Where(plan => plan.FloorId == floorId && plan.PublishedAt != null && plan.Id != seen)
            .OrderByDescending(plan => plan.Revision).Skip(PastMax).Select(plan => plan.Id).ToListAsync(stop);
        if (old.Count == 0)
            return;
        await db.Set<PlanPlace>().Where(place => old.Contains(place.PlanId)).ExecuteDeleteAsync(stop);
        await db.Set<PlanShape>().Where(shape => old.Contains(shape.PlanId)).ExecuteDeleteAsync(stop);
        await db.FloorPlans.Where(plan => old.Contains(plan.Id)).ExecuteDeleteAsync(stop);
        await db.ForgetPictures(stop);
    }

    private static Refusal NoDraft { get; } = new("no_draft", new(
        "Nothing has changed since the plan was published.", "Seit der Veröffentlichung hat sich am Plan nichts geändert."));

    private static Refusal Overlap(OverlappingSpaces two) => new("spaces_overlap", new(
        $"{two.One.Name} and {two.Other.Name} overlap. Move one, or tick that the plan is published like this.",
        $"{two.One.Name} und {two.Other.Name} überlappen sich. Verschieben Sie eins davon oder kreuzen Sie an, dass der Plan so "
            + "veröffentlicht wird.",
        $"{two.One.Name} und {two.Other.Name} überlappen sich. Verschiebe eins davon oder kreuze an, dass der Plan so veröffentlicht "
            + "wird."))
    { Field = "despiteOverlaps" };
}
