using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace DigiHub.Web.Components;

/// <summary>
/// The drawing behind the desks: walls, the zones as areas with their names, rooms. Decoration; the controls have the same information.
/// </summary>
public static class PlanDrawing
{
    // The plan's own units; 1 % across is 10 of them, 1 % down 5.2.
    private const double Across = 10, Down = 5.2;

    /// <summary>From the middle of a desk to its zone's edge, in percent; above the desks there is room for the name.</summary>
    private const double SideX = 5, Below = 7.5, Above = 10.6;

    /// <summary>Characters in a narrow box.</summary>
    private const int LineMax = 9;

    public static string Of(FloorPlanView plan)
    {
        var svg = new StringBuilder(800);
        svg.Append("<path class=\"wall\" d=\"M8 8H992V512H8Z\"/><path class=\"glass\" d=\"M60 8H300M350 8H640M690 8H940\"/>");
        foreach (var zone in plan.Zones)
            if (zone.Desks.Count > 0) Area(svg, zone);
        foreach (var mark in plan.Marks)
            Mark(svg, mark);
        return svg.ToString();
    }

    private static void Area(StringBuilder svg, PlanZone zone)
    {
        var left = Math.Max(1.6, zone.Desks.Min(desk => desk.X) - SideX);
        var right = Math.Min(98.4, zone.Desks.Max(desk => desk.X) + SideX);
        var top = Math.Max(3, zone.Desks.Min(desk => desk.Y) - Above);
        var bottom = Math.Min(97, zone.Desks.Max(desk => desk.Y) + Below);
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"zone\" x=\"{left * Across:0.#}\" y=\"{top * Down:0.#}\" width=\"{(right - left) * Across:0.#}\" "
                + $"height=\"{(bottom - top) * Down:0.#}\" rx=\"10\"/>");
        Text(svg, "zone-name", left * Across + 12, top * Down + 21, zone.Name);
    }

    private static void Mark(StringBuilder svg, PlanMark mark)
    {
        var (x, y) = (Math.Clamp(mark.X, 7, 93) * Across, Math.Clamp(mark.Y, 7, 93) * Down);
        var width = mark.Name.Length <= LineMax ? 82 : 122;
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"mark-box\" x=\"{x - width / 2:0.#}\" y=\"{y - 24:0.#}\" width=\"{width}\" height=\"48\" rx=\"4\"/>");
        if (BreakOf(mark.Name) is { } at)
        {
            Text(svg, "mark-name", x, y - 4, mark.Name[..at].TrimEnd());
            Text(svg, "mark-name", x, y + 15, mark.Name[at..]);
        }
        else
        {
            Text(svg, "mark-name", x, y + 5, mark.Name);
        }
    }

    /// <summary>Where a long name goes on in a second line: after its last space or hyphen; null for one line.</summary>
    private static int? BreakOf(string name) =>
        name.Length > LineMax && name.LastIndexOfAny([' ', '-']) is > 0 and var at ? at + 1 : null;

    private static void Text(StringBuilder svg, string kind, double x, double y, string text) => svg
        .Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">")
        .Append(HtmlEncoder.Default.Encode(text))
        .Append("</text>");
}
