using System.Globalization;
using DigiHub.FloorPlans;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Components;
using static DigiHub.Web.Components.Speak;

namespace DigiHub.Web.FloorPlans;

/// <summary>The table of a floor's plan as a form sends it: a row for each space of the floor, and one for each shape.</summary>
internal sealed class PlanForm(IFormCollection form)
{
    /// <summary>Names of a row's fields, each followed by the number of the space or shape: "x-12", "sx-0".</summary>
    public static string Of(string field, int number) => string.Create(CultureInfo.InvariantCulture, $"{field}-{number}");

    public FormErrors Errors { get; } = new();

    public int? Revision => FormParse.Number(form["revision"]);

    /// <summary>What was drawn; null where a field is no number: <see cref="Errors"/> names it.</summary>
    /// <param name="spaces">Of the floor: the rows there can be.</param>
    public FloorPlanDraft? Read(IReadOnlyList<Space> spaces)
    {
        var (columns, rows) = (Size("columns"), Size("rows"));
        List<PlanPlace> places = [.. spaces.Select(Place).OfType<PlanPlace>()];
        List<PlanShape> shapes = [];
        // A row without a kind is no shape; there may be gaps, since rows are taken out in any order.
        for (var row = 0; row < 2 * FloorPlan.ShapesMax && form.ContainsKey(Of("kind", row)); row++)
            if (Shape(row, shapes.Count) is { } shape)
                shapes.Add(shape);
        return Errors.Any ? null : new(columns, rows, places, shapes);
    }

    private int Size(string field)
    {
        if (FormParse.Number(form[field]) is { } number)
            return number;
        Errors.Add(field, WholeNumber);
        return 0;
    }

    private PlanPlace? Place(Space space)
    {
        if (IsBlank("x", space.Id) && IsBlank("y", space.Id))
            return null;
        var (width, height) = FreeCells.SizeOf(space);
        var numbers = Numbers($"space{space.Id}", ("x", null), ("y", null), ("w", width), ("h", height), ("r", 0));
        return numbers is null ? null : new()
        {
            SpaceId = space.Id,
            X = numbers[0],
            Y = numbers[1],
            Width = numbers[2],
            Height = numbers[3],
            Rotation = numbers[4],
            Form = FormParse.OneOf<PlaceForm>(form[Of("f", space.Id)]) ?? PlaceForm.Box,
        };

        int[]? Numbers(string errorField, params (string Field, int? Otherwise)[] fields) => this.Numbers(space.Id, errorField, fields);
    }

    private PlanShape? Shape(int row, int position)
    {
        if (IsBlank("kind", row))
            return null;
        if (FormParse.OneOf<PlanShapeKind>(form[Of("kind", row)]) is not { } kind)
        {
            Errors.Add($"shape{position}", T("Choose what it is.", "Wählen Sie, was es ist.", "Wähle, was es ist."));
            return null;
        }

        var numbers = Numbers(row, $"shape{position}", ("sx", null), ("sy", null), ("sw", 0), ("sh", 0), ("sr", 0));
        return numbers is null ? null : new()
        {
            Position = position,
            Kind = kind,
            X = numbers[0],
            Y = numbers[1],
            Width = numbers[2],
            Height = numbers[3],
            Rotation = numbers[4],
            Name = new LocalisedText(form[Of("german", row)], form[Of("english", row)]).Each(TypedText.Line),
        };
    }

    private int[]? Numbers(int number, string errorField, params (string Field, int? Otherwise)[] fields)
    {
        var read = fields.Select(field => IsBlank(field.Field, number)
            ? field.Otherwise
            : FormParse.Number(form[Of(field.Field, number)])).ToArray();
        if (!read.Contains(null))
            return [.. read.OfType<int>()];
        Errors.Add(errorField, WholeNumber);
        return null;
    }

    private bool IsBlank(string field, int number) => string.IsNullOrWhiteSpace(form[Of(field, number)]);

    private static string WholeNumber => T("Enter whole numbers.", "Geben Sie ganze Zahlen ein.", "Gib ganze Zahlen ein.");
}
