using System.Collections.ObjectModel;
using DigiHub.Data;

namespace DigiHub.Activity;

/// <summary>
/// What programs of others can be told about one kind of subject: a capability implements it beside its acts (<c>BookingWebhooks</c>) and
/// registers it; webhooks are made of all that are registered.
/// </summary>
public interface IWebhookSubject
{
    SubjectKind Kind { get; }

    /// <summary>None if acts on the subject are told to nobody, but others may tell of it (<see cref="WebhookFacts.About"/>).</summary>
    IReadOnlyList<WebhookType> Types { get; }

    /// <summary>
    /// As they stand in this very commit: what the work has changed is found before what the database still says. Null where there is
    /// nothing to tell beyond the id.
    /// </summary>
    Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop);
}

/// <summary>A type of webhook: what programs of others ask for by name, and the acts that are told as it.</summary>
/// <param name="name">"booking.created", at most <see cref="NameMax"/> characters. Promised: never changed once released.</param>
/// <param name="words">What is said of it to people: in the list of choices, and in chat rooms.</param>
/// <param name="acts">On subjects of the kind that declares the type; none for a type that is sent by hand.</param>
public sealed class WebhookType(string name, Words words, params IReadOnlyList<Act> acts)
{
    public const int NameMax = 40;

    public string Name => name;

    public Words Words => words;

    public IReadOnlyList<Act> Acts => acts;

    public override string ToString() => name;
}

/// <summary>
/// What a delivery may tell of its subject. Nobody's name and address: who needs them asks the API, with the rights they have.
/// </summary>
public sealed record WebhookFacts
{
    /// <summary>Ids of what it is part of, by their names in the body: "eventId".</summary>
    public IReadOnlyDictionary<string, object> Ids { get; init; } = ReadOnlyDictionary<string, object>.Empty;

    /// <summary>Where people see it: "/events/…"; null for nowhere.</summary>
    public string? Path { get; init; }

    /// <summary>What people call it, and when it begins, on the clock of its site; for chat rooms.</summary>
    public (Words Name, LocalDateTime Start)? Title { get; init; }

    /// <summary>Whose staff hear of it; null: nobody’s but the hub’s.</summary>
    public int? SiteId { get; init; }

    /// <summary>The organiser who is told of it beside administrators; null for none.</summary>
    public Guid? OrganiserId { get; init; }

    /// <summary>Another subject whose facts tell what there is to tell: an e-mail's is what the e-mail is about.</summary>
    public Subject? About { get; init; }
}
