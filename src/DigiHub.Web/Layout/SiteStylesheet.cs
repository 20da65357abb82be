using System.Globalization;
using System.Text;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Web.Layout;

/// <summary>
/// The colour and the sign of each site, as a stylesheet of its own: the content security policy forbids them in style attributes. Colours
/// are those of the palette in tokens.css.
/// </summary>
public static class SiteStylesheet
{
    /// <summary>The address names the content, so that the file itself may be kept for a year.</summary>
    public static string Href(HubDirectory map) => $"{Paths.SiteStyles}?v={VersionOf(map.Places.Select(place => place.Site))}";

    public static string Of(IEnumerable<Site> sites)
    {
        var css = new StringBuilder("@layer sites{");
        foreach (var site in sites)
        {
            var (slug, colour) = (site.Slug, site.Colour.ToString().ToLowerInvariant());
            var wears = $"--site:var(--{colour});--site-fill:var(--{colour}-fill);--site-press:var(--"
                + $"{colour}-press);--site-tint:var(--{colour}-tint)";
            css.Append(CultureInfo.InvariantCulture, $"[data-site=\"{slug}\"]{{{wears}}}");
            css.Append(CultureInfo.InvariantCulture, $"@supports selector(:has(*)){{:root:has(.page[data-site=\"{slug}\"]){{{wears}}}}}");
            css.Append(CultureInfo.InvariantCulture, $".sign[data-sign=\"{slug}\"]{{background:var(--{colour}-fill);color:var(--on-fill)");
            css.Append(site.Shape == SignShape.Round ? ";border-radius:50%}" : "}");
            css.Append(CultureInfo.InvariantCulture, $".sign[data-sign=\"{slug}\"]::before{{content:\"{Quoted(site.Sign)}\"}}");
        }

        return css.Append('}').ToString();
    }

    // Whatever letters a sign has, they stay within the quotes: each is written as its code point.
    private static string Quoted(string sign) =>
        string.Concat(sign.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ")));

    public static string VersionOf(IEnumerable<Site> sites)
    {
        var hash = 14695981039346656037UL; // FNV-1a: equal on every machine and in every version, unlike HashCode.
        foreach (var character in Of(sites))
            hash = (hash ^ character) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture)[..10];
    }
}
