using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>
/// The drawing behind the desks: zones with their names, rooms, walls with windows and doors, stairs and the like, the chair of each desk.
/// Decoration; the controls have the same information. Shapes of a kind are one path, which keeps a page small.
/// </summary>
public static class PlanDrawing
{
    /// <summary>The drawing's units in a cell.</summary>
    public const int Cell = 20;

    private const int ChairHalf = 9, ChairAway = 7;

    /// <summary>The viewBox of a plan of this size.</summary>
    public static string ViewBox(int columns, int rows) =>
        string.Create(CultureInfo.InvariantCulture, $"0 0 {columns * Cell} {rows * Cell}");

    public static string Of(FloorPlanView view)
    {
        var svg = new StringBuilder(4_000);
        if (view.Plan.Picture is null)
            Ground(svg, view.Plan.Columns, view.Plan.Rows);
        Shapes(svg, view.Plan.Shapes, PlanShapeKind.Zone, view.IsThere);
        Boxes(svg, "room", view.Rooms.Where(room => room.IsFree).Select(room => room.Place));
        Boxes(svg, "room busy", view.Rooms.Where(room => !room.IsFree).Select(room => room.Place));
        Chairs(svg, view.Zones.SelectMany(zone => zone.Desks).Select(desk => desk.Place).OfType<PlanPlace>());
        Around(svg, view.Plan.Shapes, view.IsThere);
        return svg.ToString();
    }

    /// <summary>A draft as it would look, with its desks and rooms as boxes with their names.</summary>
    /// <param name="names">Of the spaces.</param>
    public static string Of(
        IReadOnlyCollection<PlanShape> shapes, IReadOnlyCollection<PlanPlace> places, Func<int, string> names)
    {
        var svg = new StringBuilder(8_000);
        Shapes(svg, shapes, PlanShapeKind.Zone, isThere: false);
        Around(svg, shapes, isThere: false);
        foreach (var place in places)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect class=\"seat\" x=\"{At(place.X) + 2}\" y=\"{At(place.Y) + 2}\" width=\"{place.Width * Cell - 4}\" ")
                .Append(CultureInfo.InvariantCulture,
                    $"height=\"{place.Height * Cell - 4}\" rx=\"{(place.Form == PlaceForm.Round ? place.Width * Cell / 2 : 4)}\"/>");
            var (x, y) = (At(place.X) + place.Width * Cell / 2.0, At(place.Y) + place.Height * Cell / 2.0);
            Text(svg, "seat-name", x, y + 5, names(place.SpaceId));
        }

        return svg.ToString();
    }

    private static void Ground(StringBuilder svg, int columns, int rows) => svg.Append(CultureInfo.InvariantCulture,
        $"<path class=\"ground\" d=\"M0 0H{columns * Cell}V{rows * Cell}H0Z\"/>");

    private static void Around(StringBuilder svg, IReadOnlyCollection<PlanShape> shapes, bool isThere)
    {
        foreach (var kind in new[] { PlanShapeKind.Stairs, PlanShapeKind.Lift, PlanShapeKind.Toilets, PlanShapeKind.Kitchen })
            Shapes(svg, shapes, kind, isThere);
        Path(svg, "wall", shapes.Where(shape => shape.Kind == PlanShapeKind.Wall), Outline);
        Path(svg, "glass-bed", shapes.Where(shape => shape.Kind == PlanShapeKind.Window), Outline);
        Path(svg, "glass", shapes.Where(shape => shape.Kind == PlanShapeKind.Window), Outline);
        Path(svg, "gap", shapes.Where(shape => shape.Kind == PlanShapeKind.Doorway), Opening);
        Path(svg, "door", shapes.Where(shape => shape.Kind == PlanShapeKind.Doorway), Leaf);
        Shapes(svg, shapes, PlanShapeKind.Here, isThere);
    }

    private static void Shapes(StringBuilder svg, IReadOnlyCollection<PlanShape> shapes, PlanShapeKind kind, bool isThere)
    {
        foreach (var shape in shapes.Where(shape => shape.Kind == kind))
            Shape(svg, shape, isThere);
    }

    private static void Shape(StringBuilder svg, PlanShape shape, bool isThere)
    {
        var (x, y, width, height) = (At(shape.X), At(shape.Y), shape.Width * Cell, shape.Height * Cell);
        switch (shape.Kind)
        {
            case PlanShapeKind.Zone:
                svg.Append(CultureInfo.InvariantCulture,
                    $"<rect class=\"zone\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>");
                Text(svg, "zone-name", x + 12, y + 21, shape.Name.Here);
                return;
            case PlanShapeKind.Here:
                Pin(svg, x + width / 2, y + height);
                Text(svg, "here-name", x + width / 2.0, y + height + 18, Name(shape, isThere
                    ? new("You are here", "Sie sind hier", "Du bist hier")
                    : new("Way in", "Eingang")));
                return;
            case PlanShapeKind.Stairs:
                Path(svg, "core", [shape], Box);
                svg.Append("<path class=\"step\" d=\"");
                for (var step = x + Cell / 2; step < x + width; step += Cell / 2)
                    svg.Append(CultureInfo.InvariantCulture, $"M{step} {y + 4}V{y + height - 4}");
                svg.Append("\"/>");
                return;
            case PlanShapeKind.Lift:
                Path(svg, "core", [shape], Box);
                svg.Append(CultureInfo.InvariantCulture,
                    $"<path class=\"glyph\" d=\"M{x + width / 2} {y + height / 4}V{y + height * 3 / 4}m-6 -6 6 6 6 -6M{x + width / 2 - 6} ")
                    .Append(CultureInfo.InvariantCulture, $"{y + height / 4 + 6}l6 -6 6 6\"/>");
                return;
            default:
                Path(svg, shape.Kind == PlanShapeKind.Kitchen ? "counter" : "core", [shape], Box);
                Text(svg, "thing-name", x + width / 2.0, y + height / 2.0 + 5,
                    Name(shape, shape.Kind == PlanShapeKind.Toilets ? new("WC", "WC") : new("", "")));
                return;
        }
    }

    private static string Name(PlanShape shape, Words otherwise) => shape.Name.IsEmpty ? otherwise.Here : shape.Name.Here;

    private static void Pin(StringBuilder svg, int x, int y) => svg.Append(CultureInfo.InvariantCulture,
        $"<path class=\"here\" d=\"M{x} {y}c-9 -12 -15 -18 -15 -26a15 15 0 0 1 30 0c0 8 -6 14 -15 26z\"/>")
        .Append(CultureInfo.InvariantCulture, $"<circle class=\"here-dot\" cx=\"{x}\" cy=\"{y - 26}\" r=\"5\"/>");

    private static void Boxes(StringBuilder svg, string kind, IEnumerable<PlanPlace> places)
    {
        var start = svg.Length;
        svg.Append("<path class=\"").Append(kind).Append("\" d=\"");
        var empty = svg.Length;
        foreach (var place in places)
            svg.Append(CultureInfo.InvariantCulture, $"M{At(place.X)} {At(place.Y)}h{place.Width * Cell}v{place.Height * Cell}")
                .Append(CultureInfo.InvariantCulture, $"h-{place.Width * Cell}z");
        Close(svg, start, empty);
    }

    // Each desk's chair stands at its lower edge, or as it is turned.
    private static void Chairs(StringBuilder svg, IEnumerable<PlanPlace> desks)
    {
        var start = svg.Length;
        svg.Append("<path class=\"chair\" d=\"");
        var empty = svg.Length;
        foreach (var desk in desks)
        {
            var (x, y) = (At(desk.X) + desk.Width * Cell / 2, At(desk.Y) + desk.Height * Cell / 2);
            _ = desk.Rotation switch
            {
                90 => svg.Append(CultureInfo.InvariantCulture, $"M{At(desk.X) - ChairAway} {y - ChairHalf}v{2 * ChairHalf}"),
                180 => svg.Append(CultureInfo.InvariantCulture, $"M{x - ChairHalf} {At(desk.Y) - ChairAway}h{2 * ChairHalf}"),
                270 => svg.Append(CultureInfo.InvariantCulture,
                    $"M{At(desk.X + desk.Width) + ChairAway} {y - ChairHalf}v{2 * ChairHalf}"),
                _ => svg.Append(CultureInfo.InvariantCulture, $"M{x - ChairHalf} {At(desk.Y + desk.Height) + ChairAway}h{2 * ChairHalf}"),
            };
        }

        Close(svg, start, empty);
    }

    private static void Path(StringBuilder svg, string kind, IEnumerable<PlanShape> shapes, Action<StringBuilder, PlanShape> draw)
    {
        var start = svg.Length;
        svg.Append("<path class=\"").Append(kind).Append("\" d=\"");
        var empty = svg.Length;
        foreach (var shape in shapes)
            draw(svg, shape);
        Close(svg, start, empty);
    }

    /// <summary>Ends a path, or takes it back where nothing was drawn.</summary>
    private static void Close(StringBuilder svg, int start, int empty)
    {
        if (svg.Length == empty)
            svg.Length = start;
        else
            svg.Append("\"/>");
    }

    private static void Outline(StringBuilder svg, PlanShape shape)
    {
        if (shape.Width > 0 && shape.Height > 0)
            Box(svg, shape);
        else
            svg.Append(CultureInfo.InvariantCulture, $"M{At(shape.X)} {At(shape.Y)}l{shape.Width * Cell} {shape.Height * Cell}");
    }

    private static void Box(StringBuilder svg, PlanShape shape) => svg.Append(CultureInfo.InvariantCulture,
        $"M{At(shape.X)} {At(shape.Y)}h{shape.Width * Cell}v{shape.Height * Cell}h-{shape.Width * Cell}z");

    private static void Opening(StringBuilder svg, PlanShape door)
    {
        var ((x, y), (endX, endY)) = (Corner(door, 0, 0), Corner(door, 1, 0));
        svg.Append(CultureInfo.InvariantCulture, $"M{x} {y}L{endX} {endY}");
    }

    private static void Leaf(StringBuilder svg, PlanShape door)
    {
        var ((x, y), (openX, openY), (endX, endY)) = (Corner(door, 0, 0), Corner(door, 0, 1), Corner(door, 1, 0));
        var (across, along) = door.Rotation % 180 == 0 ? (door.Width, door.Height) : (door.Height, door.Width);
        svg.Append(CultureInfo.InvariantCulture, $"M{x} {y}L{openX} {openY}")
            .Append(CultureInfo.InvariantCulture, $"A{across * Cell} {along * Cell} 0 0 0 {endX} {endY}");
    }

    /// <summary>A corner of its box, turned with it.</summary>
    private static (int X, int Y) Corner(PlanShape door, int right, int down)
    {
        var (x, y) = door.Rotation switch
        {
            90 => (1 - down, right),
            180 => (1 - right, 1 - down),
            270 => (down, 1 - right),
            _ => (right, down),
        };
        return (At(door.X + x * door.Width), At(door.Y + y * door.Height));
    }

    private static int At(int cell) => (cell - 1) * Cell;

    private static void Text(StringBuilder svg, string kind, double x, double y, string text)
    {
        if (text.Length > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">")
                .Append(HtmlEncoder.Default.Encode(text)).Append("</text>");
    }
}
