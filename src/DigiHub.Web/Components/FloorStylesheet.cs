using System.Globalization;
using System.Text;

namespace DigiHub.Web.Components;

/// <summary>
/// Where each desk stands, as a stylesheet of its own for a floor: the content security policy forbids positions in style attributes,
/// and a browser keeps this file from page to page.
/// </summary>
public static class FloorStylesheet
{
    /// <summary>The id of a space's control on the plan.</summary>
    public static string IdOf(int spaceId) => string.Create(CultureInfo.InvariantCulture, $"s{spaceId}");

    /// <param name="places">Middle of each desk in percent; what lies outside the plan is brought to its edge.</param>
    public static string Of(IEnumerable<(int SpaceId, double X, double Y)> places)
    {
        var css = new StringBuilder("@layer places{");
        foreach (var (spaceId, x, y) in places)
            css.Append(CultureInfo.InvariantCulture, $"#s{spaceId}{{left:{Percent(x)}%;top:{Percent(y)}%}}");
        return css.Append('}').ToString();
    }

    /// <summary>Names the content: changes when a desk is moved, so that the file itself may be kept for a year.</summary>
    public static string VersionOf(IEnumerable<(int SpaceId, double X, double Y)> places)
    {
        var hash = 14695981039346656037UL; // FNV-1a: equal on every machine and in every version, unlike HashCode.
        foreach (var character in Of(places))
            hash = (hash ^ character) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture)[..10];
    }

    private static string Percent(double value) =>
        (double.IsFinite(value) ? Math.Clamp(value, 0, 100) : 50).ToString("0.##", CultureInfo.InvariantCulture);
}
