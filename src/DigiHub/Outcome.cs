using System.Diagnostics.CodeAnalysis;

namespace DigiHub;

/// <summary>
/// An expected refusal: a stable code for programs, a sentence for the person, and what they could do instead.
/// </summary>
/// <param name="Code">snake_case, never changed once released; the API's problem type is urn:digihub:code.</param>
/// <param name="Message">Names the rule and what to do next.</param>
public sealed record Refusal(string Code, Words Message)
{
    /// <summary>The form field or JSON property at fault, in camelCase; null when it is the whole request.</summary>
    public string? Field { get; init; }

    /// <summary>Alternatives, best first, at most <see cref="AlternativesMax"/>.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    public const int AlternativesMax = 6;

    /// <summary>What else is wrong with the same request, each with its field, so that a form can be corrected in one go.</summary>
    public IReadOnlyList<Refusal> Also { get; init; } = [];

    /// <summary>The first of them with the others beside it; null where there is none.</summary>
    public static Refusal? AllOf(IReadOnlyList<Refusal> found) => found switch
    {
        [] => null,
        [var only] => only,
        [var first, ..] => first with { Also = [.. found.Skip(1)] },
    };

    /// <summary>True for a temporary refusal (the database was too busy): repeat the same request later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>
    /// Not there, or not theirs to see or to change: the same answer for both, and the API's 404. Every use case says it this way.
    /// </summary>
    public static Refusal NotFound { get; } = new("not_found", new(
        "Not found, or you don’t have access.",
        "Nicht gefunden, oder Ihnen fehlt die Berechtigung.",
        "Nicht gefunden, oder dir fehlt die Berechtigung."));

    /// <summary>It has been changed since the asker looked (If-Match, a form left open): the API's 412.</summary>
    public static Refusal Stale { get; } = new("stale", new(
        "This has changed in the meantime. Check it, then repeat your change.",
        "Das wurde inzwischen geändert. Prüfen Sie es und wiederholen Sie dann Ihre Änderung.",
        "Das wurde inzwischen geändert. Prüf es und wiederhole dann deine Änderung."));

    public static Refusal Busy { get; } = new("busy", new(
        "Too many people are booking right now. Nothing was changed. Please try again.",
        "Gerade buchen sehr viele gleichzeitig. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.",
        "Gerade buchen sehr viele gleichzeitig. Es wurde nichts geändert. Bitte versuch es noch einmal."))
    { IsTransient = true };
}

/// <summary>Something free that is close to what was asked: another time, another space or the other site.</summary>
public sealed record Alternative(
    int SpaceId, string SpaceName, string SiteSlug, Words SiteName, LocalDateTime Start, LocalDateTime End, AlternativeKind Kind)
{
    /// <summary>Another time of this pool: any of it may be booked then, SpaceId is one that is free. Null: the space itself.</summary>
    public int? PoolId { get; init; }
}

public enum AlternativeKind { OtherTime, OtherSpace, OtherSite }

/// <summary>A value, or a refusal. Bugs and broken environments throw instead.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;

    /// <exception cref="RefusedException">The outcome is a refusal.</exception>
    public T Value => Refusal is null ? value! : throw new RefusedException(Refusal);

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Thrown where success was expected: a bug, unless the refusal is transient, which can happen to every write.</summary>
public sealed class RefusedException(Refusal refusal) : InvalidOperationException($"Refused: {refusal.Code}")
{
    public Refusal Refusal { get; } = refusal;
}
