using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>
/// What an organiser types about an event. Only a title and the start are needed; what is null is filled in by
/// <see cref="WriteEvent"/>: two hours long, at the room's site, with the room's capacity, set-up and tear-down.
/// Times are local at the site.
/// </summary>
public sealed record EventDraft
{
    public LocalisedText Title { get; init; }

    /// <summary>Markdown.</summary>
    public LocalisedText Text { get; init; }

    /// <summary>The key of a topic of the hub; null for none.</summary>
    public string? Topic { get; init; }

    public EventFormat Format { get; init; } = EventFormat.InPerson;

    /// <summary>Null: the room's site, else the organiser's home site, else the first.</summary>
    public int? SiteId { get; init; }

    /// <summary>A room or lab; null for an online event or a draft that has none yet.</summary>
    public int? SpaceId { get; init; }

    /// <summary>https only.</summary>
    public string? JoinLink { get; init; }

    public LocalDateTime? Start { get; init; }

    /// <summary>Null: two hours after the start.</summary>
    public LocalDateTime? End { get; init; }

    /// <summary>Null: the room's; without a room 100.</summary>
    public int? Capacity { get; init; }

    /// <summary>Null: from publication on.</summary>
    public LocalDateTime? RegistrationOpens { get; init; }

    /// <summary>Null: until the start.</summary>
    public LocalDateTime? RegistrationCloses { get; init; }

    /// <summary>Null: the room's.</summary>
    public int? SetUpMinutes { get; init; }

    public int? TearDownMinutes { get; init; }

    /// <summary>Null: for a new event the hub's default, else <see cref="ReminderTime.Usual"/>; empty: none.</summary>
    public IReadOnlyList<ReminderTime>? Reminders { get; init; }

    /// <summary>The draft that says what the event is now: to fill in a form.</summary>
    public static EventDraft Of(Event evt, SiteTime site) => new()
    {
        Title = evt.Title,
        Text = evt.Text,
        Topic = evt.Topic,
        Format = evt.Format,
        SiteId = evt.SiteId,
        SpaceId = evt.SpaceId,
        JoinLink = evt.JoinLink,
        Start = evt.StartLocal,
        End = evt.EndLocal,
        Capacity = evt.Capacity,
        RegistrationOpens = evt.RegistrationOpens is { } opens ? site.Local(opens) : null,
        RegistrationCloses = evt.RegistrationCloses is { } closes ? site.Local(closes) : null,
        SetUpMinutes = evt.SetUpMinutes,
        TearDownMinutes = evt.TearDownMinutes,
        Reminders = [.. evt.ReminderRules.Select(rule => rule.Time)],
    };

    /// <summary>
    /// Writes what an event takes over as it was typed; what is filled in or computed is written by <see cref="FilledDraft"/>.
    /// </summary>
    internal void WriteInto(Event evt)
    {
        (evt.Title, evt.Text) = (Title.Each(text => TypedText.Line(text)), Text.Each(text => TypedText.Lines(text)));
        (evt.Topic, evt.Format, evt.JoinLink) = (Topic, Format, TypedText.Line(JoinLink));
    }

    /// <summary>What is wrong with its texts, whatever the hub has of rooms and topics.</summary>
    internal IEnumerable<Refusal> WrongTexts()
    {
        (string? Text, string Field, int Max)[] texts =
        [
            (Title.German, "titleGerman", Event.TitleMax), (Title.English, "titleEnglish", Event.TitleMax),
            (Text.German, "textGerman", Event.TextMax), (Text.English, "textEnglish", Event.TextMax),
        ];
        if (Title.Each(text => TypedText.Line(text)).IsEmpty)
            yield return EventRefusals.TitleMissing;
        foreach (var (_, field, max) in texts.Where(text => text.Text?.Length > text.Max))
            yield return EventRefusals.TooLong(field, max);
        if (!string.IsNullOrWhiteSpace(JoinLink) && !IsJoinLink(JoinLink.Trim()))
            yield return EventRefusals.JoinLinkInvalid;
    }

    private static bool IsJoinLink(string link) =>
        link.Length <= Event.JoinLinkMax && link.All(c => c is > ' ' and < '\x7f' && c is not ('"' or '<' or '>' or '\\'))
        && Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0;
}
