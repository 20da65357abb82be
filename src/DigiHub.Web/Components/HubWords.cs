using DigiHub.Spaces;

namespace DigiHub.Web.Components;

/// <summary>What a hub is, in the words of its own sites and topics: no page knows a city or a topic by itself.</summary>
public static class HubWords
{
    /// <summary>More topics than these make no sentence.</summary>
    private const int TopicsMax = 4;

    /// <summary>" in Berlin", " in Berlin und Potsdam"; nothing for a hub that has no site yet.</summary>
    public static Words InCities(HubDirectory map)
    {
        var cities =
            Listed([.. map.Places.Select(place => place.Site.City).Distinct(StringComparer.Ordinal).Select(city => new Words(city, city))]);
        return cities.English.Length == 0 ? cities : new($" in {cities.English}", $" in {cities.German}");
    }

    /// <summary>"FinTech and IoT"; empty for a hub that has no topics, or too many to name.</summary>
    public static Words Topics(HubDirectory map) =>
        map.Topics.Count > TopicsMax ? Listed([]) : Listed([.. map.Topics.Select(topic => topic.Name.Words)]);

    /// <summary>"DigiHub East and DigiHub West"; empty for a hub that has no site yet.</summary>
    public static Words Sites(HubDirectory map) => Listed([.. map.Places.Select(place => new Words(place.Site.Name, place.Site.Name))]);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    internal static Words Listed(IReadOnlyList<Words> all) =>
        new(Listed([.. all.Select(one => one.English)], "and"), Listed([.. all.Select(one => one.German)], "und"));

    private static string Listed(string[] all, string and) => all switch
    {
        [] => "",
        [var only] => only,
        _ => $"{string.Join(", ", all[..^1])} {and} {all[^1]}",
    };
}
