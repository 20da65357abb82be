using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Webhooks;

/// <summary>What a delivery may tell of. Nobody's name and address: who needs them asks the API, with the rights they have.</summary>
public sealed record WebhookFacts(Guid SubjectId, Instant At)
{
    public Event? Event { get; init; }

    public Booking? Booking { get; init; }

    public Space? Space { get; init; }
}

/// <param name="PublicUrl">All links begin with it.</param>
public sealed record WebhookOptions(Uri PublicUrl)
{
    /// <summary>After so long without one arrival an endpoint is stopped, with a notification to its owner.</summary>
    public Duration StopAfter { get; init; } = Duration.FromDays(3);

    /// <summary>Deliveries and their attempts are kept so long.</summary>
    public Duration Kept { get; init; } = Duration.FromDays(30);

    public int AtOnce { get; init; } = 4;

    /// <summary>An endpoint that takes nothing is stopped when so much waits for it: a busy day or two of a large hub, some MB.</summary>
    public int StopAtWaiting { get; init; } = 5_000;

    /// <summary>More than this is not even written down for one endpoint, for whatever reason it waits: the bound that holds in every case.</summary>
    public int WaitingMax { get; init; } = 10_000;
}

/// <summary>The bodies, in both shapes.</summary>
public sealed class WebhookText(WebhookOptions manners)
{
    private static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public string Body(WebhookShape shape, Language language, string type, WebhookFacts facts) => shape == WebhookShape.Chat
        ? JsonSerializer.Serialize(new { text = Sentence(language, type, facts) }, json)
        : JsonSerializer.Serialize(new
        {
            type,
            timestamp = NodaTime.Text.InstantPattern.ExtendedIso.Format(facts.At),
            data = new
            {
                id = facts.SubjectId,
                eventId = facts.Event?.Id,
                spaceId = facts.Booking?.SpaceId,
                url = LinkOf(facts)?.ToString(),
            },
        }, json);

    private string Sentence(Language language, string type, WebhookFacts facts)
    {
        var what = (facts.Event, facts.Space) switch
        {
            ({ } evt, _) => $": {Plain(evt.Title.In(language))}, {When(evt.StartLocal, language)}",
            (_, { } space) => $": {Plain(space.Name)}, {When(facts.Booking!.StartLocal, language)}",
            _ => "",
        };
        return $"{WebhookType.Words(type).In(language)}{what}{(LinkOf(facts) is { } link ? $" {link}" : "")}";
    }

    private Uri? LinkOf(WebhookFacts facts) => facts switch
    {
        { Event: { } evt } => new Uri(manners.PublicUrl, $"/events/{evt.Slug}"),
        { Booking: { } booking } => new Uri(manners.PublicUrl, $"/bookings/{booking.Id}"),
        _ => null,
    };

    private static string When(LocalDateTime at, Language language) =>
        $"{TimeWords.Date(at.Date).In(language)}, {TimeWords.Clock(at.TimeOfDay).In(language)}"
        + (language == Language.German ? " Uhr" : "");

    // A title must not call a whole chat room ("<!channel>", "@all") or make a link of its own.
    private static string Plain(string title) => title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("@", "@\u200B", StringComparison.Ordinal);
}
