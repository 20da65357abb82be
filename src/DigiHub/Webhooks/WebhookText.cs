using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DigiHub.Activity;
using DigiHub.Time;

namespace DigiHub.Webhooks;

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

    /// <summary>No more deliveries than this are written for one endpoint, whatever the reason: a hard bound.</summary>
    public int WaitingMax { get; init; } = 10_000;
}

/// <summary>The bodies, in both shapes.</summary>
public sealed class WebhookText(WebhookOptions options)
{
    private static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="id">Of the subject, as programs know it.</param>
    /// <param name="at">When it was done.</param>
    public string Body(WebhookShape shape, Language language, WebhookType type, object id, Instant at, WebhookFacts facts)
    {
        if (shape == WebhookShape.Chat)
            return JsonSerializer.Serialize(new { text = Sentence(language, type, facts) }, json);
        Dictionary<string, object> data = new() { ["id"] = id };
        foreach (var (name, other) in facts.Ids)
            data[name] = other;
        if (LinkOf(facts) is { } link)
            data["url"] = link.ToString();
        return JsonSerializer.Serialize(
            new { type = type.Name, timestamp = NodaTime.Text.InstantPattern.ExtendedIso.Format(at), data }, json);
    }

    private string Sentence(Language language, WebhookType type, WebhookFacts facts)
    {
        var what = facts.Title is var (name, start) ? $": {Plain(name.In(language))}, {When(start, language)}" : "";
        return $"{type.Words.In(language)}{what}{(LinkOf(facts) is { } link ? $" {link}" : "")}";
    }

    private Uri? LinkOf(WebhookFacts facts) => facts.Path is { } path ? new Uri(options.PublicUrl, path) : null;

    private static string When(LocalDateTime at, Language language) =>
        $"{TimeWords.Date(at.Date).In(language)}, {TimeWords.Clock(at.TimeOfDay).In(language)}"
        + (language == Language.German ? " Uhr" : "");

    // A title must not call a whole chat room ("<!channel>", "@all") or make a link of its own.
    private static string Plain(string title) =>
        title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("@", "@\u200B", StringComparison.Ordinal);
}
