using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>A plan as somebody draws it.</summary>
/// <param name="Places">At most one of a space; spaces without one are not on the plan.</param>
/// <param name="Shapes">In the order in which they are drawn.</param>
public sealed record FloorPlanDraft(int Columns, int Rows, IReadOnlyList<PlanPlace> Places, IReadOnlyList<PlanShape> Shapes)
{
    /// <summary>Of a floor that nobody has drawn yet: bare walls.</summary>
    public static FloorPlanDraft Empty { get; } = new(FloorPlan.UsualColumns, FloorPlan.UsualRows, [],
        [new() { Position = 0, Kind = PlanShapeKind.Wall, X = 1, Y = 1, Width = FloorPlan.UsualColumns, Height = FloorPlan.UsualRows }]);

    public static FloorPlanDraft Of(FloorPlan? plan) => plan is null
        ? Empty
        : new(plan.Columns, plan.Rows, plan.Places, [.. plan.Shapes.OrderBy(shape => shape.Position)]) { Picture = plan.Picture };

    /// <summary>The name of the picture beneath it; only <see cref="SetPlanPicture"/> changes that.</summary>
    public string? Picture { get; init; }
}
