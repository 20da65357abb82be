using System.Globalization;
using System.Runtime.InteropServices;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Web.Live;

/// <summary>Something looks different at a site on these days of its own clock, the last included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LiveChange(int SiteId, LocalDate From, LocalDate Through)
{
    /// <summary>Null where the catalogue does not know the place yet; the change of the catalogue itself says everything then.</summary>
    public static LiveChange? Of(ShownAt shown, HubDirectory map)
    {
        var siteId = shown.SiteId
            ?? (shown.SpaceId is { } spaceId ? map.Space(spaceId)?.SiteId : null)
            ?? (shown.UnitId is { } unitId
                ? map.Spaces.FirstOrDefault(space => space.Units.Exists(unit => unit.UnitId == unitId))?.SiteId
                : null);
        return siteId is { } id && map.Place(id) is { } place
            ? new LiveChange(id, place.Time.DateOf(shown.Start), place.Time.DateOf(shown.End))
            : null;
    }

    /// <summary>As processes tell each other.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{SiteId}:{LocalDatePattern.Iso.Format(From)}:{LocalDatePattern.Iso.Format(Through)}");

    public static LiveChange? Read(string text) =>
        text.Split(':') is [var site, var from, var through]
        && int.TryParse(site, NumberStyles.None, CultureInfo.InvariantCulture, out var siteId)
        && LocalDatePattern.Iso.Parse(from) is { Success: true } first
        && LocalDatePattern.Iso.Parse(through) is { Success: true } last
            ? new LiveChange(siteId, first.Value, last.Value)
            : null;
}
