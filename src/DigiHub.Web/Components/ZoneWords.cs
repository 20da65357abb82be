namespace DigiHub.Web.Components;

/// <summary>
/// A time zone as people call it: "London time", "Ortszeit London"; not its id and not "CET", which half the year it is not.
/// </summary>
public static class ZoneWords
{
    /// <param name="zoneId">IANA id; its last part names the city.</param>
    public static Words Of(string zoneId)
    {
        var city = zoneId[(zoneId.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return new($"{city} time", $"Ortszeit {city}");
    }
}
