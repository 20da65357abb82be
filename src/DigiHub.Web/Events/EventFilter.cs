using DigiHub.Events;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime.Text;

namespace DigiHub.Web.Events;

/// <summary>What somebody wants to see of what is on, as it stands in the address: /events?site=east&amp;topic=iot&amp;day=2026-11-24.</summary>
/// <param name="Site">A site's slug; null for both.</param>
/// <param name="Day">Null for all days to come.</param>
public sealed record EventFilter(string? Site, Topic? Topic, LocalDate? Day)
{
    /// <summary>Whatever an address says wrongly counts as not said: a mistyped link shows more, not an error.</summary>
    public static EventFilter Parse(string? site, string? topic, string? day) => new(
        string.IsNullOrEmpty(site) ? null : site,
        Enum.GetValues<Topic>().Select(value => (Topic?)value).FirstOrDefault(value => string.Equals(value.ToString(), topic, StringComparison.OrdinalIgnoreCase)),
        LocalDatePattern.Iso.Parse(day ?? "") is { Success: true } parsed ? parsed.Value : null);

    public bool IsEmpty => this is { Site: null, Topic: null, Day: null };

    public string Href(string? after = null) => QueryHelpers.AddQueryString("/events", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["site"] = Site,
        ["topic"] = Topic?.ToString().ToLowerInvariant(),
        ["day"] = Day is { } day ? LocalDatePattern.Iso.Format(day) : null,
        ["after"] = after,
    }.Where(pair => pair.Value is not null));
}
