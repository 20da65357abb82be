using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace DigiHub.Web.Events;

/// <summary>
/// What somebody wants to see of what is on, as it stands in the address: /events?site=east&amp;topic=iot&amp;day=2026-11-24.
/// </summary>
/// <param name="Site">A site's slug; null for both.</param>
/// <param name="Day">Null for all days to come.</param>
public sealed record EventFilter(string? Site, string? Topic, LocalDate? Day)
{
    /// <summary>What is not understood narrows nothing, and the page says so.</summary>
    public static EventFilter Read(QueryValues asked, HubDirectory map) => new(asked.Site(map)?.Site.Slug,
        asked.Known("topic", key => map.Topic(key.ToLowerInvariant()), map.Topics.Select(topic => topic.Key))?.Key, asked.Date("day"));

    public bool IsEmpty => this is { Site: null, Topic: null, Day: null };

    public string Href(string? after = null) => QueryHelpers.AddQueryString(Paths.Events,
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["site"] = Site,
            ["topic"] = Topic,
            ["day"] = Day is { } day ? FormParse.Write(day) : null,
            ["after"] = after,
        }.Where(pair => pair.Value is not null));
}
