using System.Globalization;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>What a plan must be, whether it is published or not. Overlapping is no fault here: see <see cref="PlanChanges"/>.</summary>
internal static class FloorPlanRules
{
    /// <summary>Everything that is wrong with it, in one refusal; null if nothing is.</summary>
    /// <param name="spaces">All of the floor.</param>
    public static Refusal? WhyNot(FloorPlanDraft draft, IReadOnlyCollection<Space> spaces) => Refusal.AllOf([.. Wrong(draft, spaces)]);

    /// <summary>The field of a desk or room, and of a shape, that is at fault.</summary>
    public static string FieldOf(PlanPlace place) => string.Create(CultureInfo.InvariantCulture, $"space{place.SpaceId}");

    public static string FieldOf(PlanShape shape) => string.Create(CultureInfo.InvariantCulture, $"shape{shape.Position}");

    private static IEnumerable<Refusal> Wrong(FloorPlanDraft draft, IReadOnlyCollection<Space> spaces)
    {
        foreach (var (field, side) in new[] { ("columns", draft.Columns), ("rows", draft.Rows) })
            if (side is < FloorPlan.SideMin or > FloorPlan.SideMax)
                yield return new("plan_size_out_of_range", new(
                    $"Enter a number from {FloorPlan.SideMin} to {FloorPlan.SideMax}.",
                    $"Geben Sie eine Zahl von {FloorPlan.SideMin} bis {FloorPlan.SideMax} ein.",
                    $"Gib eine Zahl von {FloorPlan.SideMin} bis {FloorPlan.SideMax} ein."))
                { Field = field };
        if (draft.Shapes.Count > FloorPlan.ShapesMax)
            yield return new("too_many_shapes", new(
                $"A plan has at most {FloorPlan.ShapesMax} shapes.", $"Ein Plan hat höchstens {FloorPlan.ShapesMax} Formen."))
            { Field = "shapes" };

        var names = spaces.ToDictionary(space => space.Id, space => space.Name);
        foreach (var place in draft.Places)
        {
            if (!names.TryGetValue(place.SpaceId, out var name))
                yield return new("space_of_other_floor", new(
                    "This desk or room isn’t on this floor.", "Diesen Platz oder Raum gibt es auf dieser Etage nicht."))
                { Field = FieldOf(place) };
            else if (place.Width < 1 || place.Height < 1 || !IsInside(draft, place.X, place.Y, place.Width, place.Height))
                yield return Outside(name, draft, FieldOf(place));
            if (!IsTurn(place.Rotation))
                yield return Turn(FieldOf(place));
        }

        foreach (var twice in draft.Places.GroupBy(place => place.SpaceId).Where(one => one.Count() > 1))
            yield return new("placed_twice", new(
                "A desk or room stands in one place only.", "Ein Platz oder Raum steht nur an einer Stelle."))
            { Field = FieldOf(twice.First()) };
        foreach (var wrong in draft.Shapes.SelectMany(shape => Wrong(draft, shape)))
            yield return wrong;
    }

    private static IEnumerable<Refusal> Wrong(FloorPlanDraft draft, PlanShape shape)
    {
        var (width, height) = (shape.Width, shape.Height);
        var isLine = shape.MayBeLine && (width == 0 ^ height == 0);
        // A line on the right or lower edge of the plan stands in a cell that would be the next.
        if (isLine
            ? !IsInside(draft, shape.X, shape.Y, Math.Max(width, 0), Math.Max(height, 0))
            : width < 1 || height < 1 || !IsInside(draft, shape.X, shape.Y, width, height))
            yield return Outside(null, draft, FieldOf(shape));
        if (!IsTurn(shape.Rotation))
            yield return Turn(FieldOf(shape));
        if (shape.Name.Words.German.Length > PlanShape.NameMax || shape.Name.Words.English.Length > PlanShape.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {PlanShape.NameMax} characters.", $"Höchstens {PlanShape.NameMax} Zeichen sind möglich."))
            { Field = FieldOf(shape) };
    }

    private static bool IsInside(FloorPlanDraft draft, int x, int y, int width, int height) =>
        x >= 1 && y >= 1 && width <= FloorPlan.SideMax && height <= FloorPlan.SideMax && width >= 0 && height >= 0
            && x <= FloorPlan.SideMax + 1 && y <= FloorPlan.SideMax + 1 && x - 1 + width <= draft.Columns && y - 1 + height <= draft.Rows;

    private static bool IsTurn(int degrees) => degrees is 0 or 90 or 180 or 270;

    private static Refusal Turn(string field) => new("rotation_invalid", new(
        "Turn by 0, 90, 180 or 270 degrees.", "Drehen Sie um 0, 90, 180 oder 270 Grad.", "Dreh um 0, 90, 180 oder 270 Grad."))
    { Field = field };

    private static Refusal Outside(string? name, FloorPlanDraft draft, string field)
    {
        var (english, german) = name is null ? ("This shape", "Diese Form") : (name, name);
        return new("outside_plan", new(
            $"{english} must lie within {draft.Columns} columns and {draft.Rows} rows.",
            $"{german} muss innerhalb von {draft.Columns} Spalten und {draft.Rows} Zeilen liegen."))
        { Field = field };
    }
}
