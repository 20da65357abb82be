using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>
/// Where each desk and room stands, and how large it is, as a stylesheet of its own for a floor: the content security policy forbids
/// positions in style attributes, and a browser keeps this file from page to page.
/// </summary>
public static class FloorStylesheet
{
    /// <summary>Of a cell, on each side: so that things side by side do not touch.</summary>
    private const double Inset = .08;

    /// <summary>The id of a space's control on the plan.</summary>
    public static string IdOf(int spaceId) => string.Create(CultureInfo.InvariantCulture, $"s{spaceId}");

    /// <param name="plan">What reaches beyond it is cut at its edge.</param>
    public static string Of(FloorPlan plan)
    {
        var (columns, rows) = (Math.Max(1, plan.Columns), Math.Max(1, plan.Rows));
        var css = new StringBuilder("@layer places{");
        css.Append(CultureInfo.InvariantCulture,
            $"#p{plan.FloorId}{{aspect-ratio:{columns}/{rows};--ratio:{(double)columns / rows:0.###}}}");
        foreach (var place in plan.Places.OrderBy(place => place.SpaceId))
        {
            var (left, right) = Between(place.X, place.Width, columns);
            var (top, bottom) = Between(place.Y, place.Height, rows);
            css.Append(CultureInfo.InvariantCulture,
                $"#s{place.SpaceId}{{left:{left:0.##}%;top:{top:0.##}%;width:{right - left:0.##}%;height:{bottom - top:0.##}%")
                .Append(place.Form == PlaceForm.Round ? ";border-radius:50%}" : "}");
        }

        return css.Append('}').ToString();
    }

    /// <summary>Names the content: changes when a desk is moved, so that the file itself may be kept for a year.</summary>
    public static string VersionOf(FloorPlan plan) => versions.GetValue(plan, Named);

    // A published plan never changes, and every page of its floor asks.
    private static readonly ConditionalWeakTable<FloorPlan, string> versions = [];

    private static string Named(FloorPlan plan)
    {
        var hash = 14695981039346656037UL; // FNV-1a: equal on every machine and in every version, unlike HashCode.
        foreach (var character in Of(plan))
            hash = (hash ^ character) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture)[..10];
    }

    private static (double From, double To) Between(int first, int count, int cells)
    {
        var (from, to) = (Math.Clamp(first - 1L, 0, cells - 1), Math.Clamp((long)first - 1 + count, 1, cells));
        return ((from + Inset) * 100 / cells, (to - Inset) * 100 / cells);
    }
}
