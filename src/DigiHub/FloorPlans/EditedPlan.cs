using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>The plans of a floor as somebody who draws them sees them.</summary>
/// <param name="Spaces">All of the floor, on offer or not, by name.</param>
/// <param name="Revision">Of what is shown; a save names it.</param>
/// <param name="Past">Published once, the latest first, without what is on them.</param>
public sealed record EditedPlan(
    Floor Floor, SiteContext Place, IReadOnlyList<Space> Spaces, FloorPlan? Draft, FloorPlan? Published, int Revision,
    IReadOnlyList<PastPlan> Past)
{
    /// <summary>The draft, else what members see, else bare walls.</summary>
    public FloorPlanDraft Shown => FloorPlanDraft.Of(Draft ?? Published);

    /// <summary>From what members see to what is shown.</summary>
    public PlanChanges Changes => PlanChanges.Between(
        Published is null ? new(Shown.Columns, Shown.Rows, [], []) : FloorPlanDraft.Of(Published), Shown, Spaces);
}

/// <param name="Spaces">How many stood on it.</param>
public sealed record PastPlan(int Id, Instant PublishedAt, int Spaces, bool IsSeen);

/// <summary>Finds what somebody may draw: the draft of a floor and what stands beside it.</summary>
public sealed class EditedPlans(HubDbFactory databases, Catalogue catalogue)
{
    /// <summary>Null: no such floor, or the viewer may not draw there.</summary>
    public async Task<EditedPlan?> Find(Viewer viewer, int floorId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Places.FirstOrDefault(one => one.Site.Floors.Exists(floor => floor.Id == floorId)) is not { } place
            || !viewer.May(Permission.ManageSites, place.Site.Id))
            return null;

        await using var db = databases.Open();
        var plans = await db.FloorPlans.AsNoTracking().AsSplitQuery().Where(plan => plan.FloorId == floorId)
            .OrderByDescending(plan => plan.Revision).Take(PublishPlan.PastMax + 2)
            .Select(plan => new { Plan = plan, Spaces = plan.Places.Count }).ToListAsync(stop);
        var seen = await db.Floors.Where(floor => floor.Id == floorId).Select(floor => floor.PlanId).SingleAsync(stop);
        return new EditedPlan(
            place.Site.Floors.Find(floor => floor.Id == floorId)!, place,
            [.. map.Spaces.Where(space => space.FloorId == floorId)],
            await Whole(plans.Find(one => one.Plan.IsDraft)?.Plan.Id), await Whole(seen),
            plans.Count == 0 ? 0 : plans[0].Plan.Revision,
            [.. plans.Where(one => !one.Plan.IsDraft)
                .Select(one => new PastPlan(one.Plan.Id, one.Plan.PublishedAt!.Value, one.Spaces, one.Plan.Id == seen))]);

        async Task<FloorPlan?> Whole(int? id) => id is null
            ? null
            : await db.FloorPlans.WithAll.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id, stop);
    }
}

internal static class WholePlans
{
    extension(IQueryable<FloorPlan> plans)
    {
        /// <summary>With all that is on them.</summary>
        public IQueryable<FloorPlan> WithAll => plans.AsSplitQuery()
            .Include(plan => plan.Places.OrderBy(place => place.SpaceId)).Include(plan => plan.Shapes.OrderBy(shape => shape.Position));
    }
}
