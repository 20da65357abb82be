using DigiHub.Activity;

namespace DigiHub.Webhooks;

/// <summary>All types of webhook that the hub's capabilities declare.</summary>
public sealed class WebhookTypes
{
    /// <summary>Sent by the test button only, to any endpoint; nobody asks for it.</summary>
    public static readonly WebhookType Ping = new("ping", new("Test", "Test"));

    private readonly Dictionary<string, WebhookType> byName;
    private readonly Dictionary<string, WebhookType> byAct;

    /// <summary>Throws if two types have one name, or an act would be told twice.</summary>
    public WebhookTypes(IEnumerable<IWebhookSubject> subjects)
    {
        All = [.. subjects.SelectMany(subject => subject.Types).OrderBy(type => type.Name, StringComparer.Ordinal)];
        byName = All.Append(Ping).ToDictionary(type => type.Name, StringComparer.Ordinal);
        byAct = All.SelectMany(type => type.Acts.Select(act => (act.Name, type))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>All that an endpoint can ask for, by name.</summary>
    public IReadOnlyList<WebhookType> All { get; }

    /// <summary>The type that an act is told as; null for one that is told to nobody.</summary>
    public WebhookType? OfAct(string act) => byAct.GetValueOrDefault(act);

    /// <summary>Whether an endpoint can ask for a type of this name.</summary>
    public bool Has(string name) => byName.TryGetValue(name, out var type) && type != Ping;

    /// <summary>What is said of a type to people; of one that is declared no more, its name.</summary>
    public Words Words(string name) => byName.TryGetValue(name, out var type) ? type.Words : new(name, name);
}
