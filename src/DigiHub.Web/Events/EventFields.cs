using System.Globalization;
using DigiHub.Events;
using DigiHub.Web.Components;

namespace DigiHub.Web.Events;

/// <summary>One field of the editor: its input, and the way from the draft into the input and back.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Write">What the input shows for a draft.</param>
/// <param name="Read">The draft with what was typed; what cannot be read is noted in the errors.</param>
internal sealed record EventField(
    string Input, Words Label, Func<EventDraft, string?> Write, Func<EventDraft, string?, FormErrors, EventDraft> Read);

/// <summary>
/// The fields of the editor in the order in which errors and changes by others name them. The form, its reading and the merge with what
/// another saved all go by this list; reminders, which are rows, stand in <see cref="EventForm.Reminders"/>.
/// </summary>
internal static class EventFields
{
    public static readonly IReadOnlyList<EventField> All =
    [
        Text("titleGerman", new("Title in German", "Titel auf Deutsch"),
            draft => draft.Title.German, (draft, typed) => draft with { Title = draft.Title with { German = typed } }),
        Text("titleEnglish", new("Title in English", "Titel auf Englisch"),
            draft => draft.Title.English, (draft, typed) => draft with { Title = draft.Title with { English = typed } }),
        Text("topic", new("Topic", "Thema"), draft => draft.Topic, (draft, typed) => draft with { Topic = typed }),
        Text("format", new("Format", "Format"),
            draft => draft.Format.ToString(), (draft, typed) => draft with { Format = FormParse.OneOf<EventFormat>(typed) ?? default }),
        Moment("start", new("Starts", "Beginn"), draft => draft.Start, (draft, typed) => draft with { Start = typed }),
        Moment("end", new("Ends", "Ende"), draft => draft.End, (draft, typed) => draft with { End = typed }),
        Number("space", new("Room", "Raum"), draft => draft.SpaceId, (draft, typed) => draft with { SpaceId = typed }),
        Text("joinLink", new("Link to join online", "Link zur Online-Teilnahme"),
            draft => draft.JoinLink, (draft, typed) => draft with { JoinLink = typed }),
        Text("textGerman", new("Text in German", "Text auf Deutsch"),
            draft => draft.Text.German, (draft, typed) => draft with { Text = draft.Text with { German = typed } }),
        Text("textEnglish", new("Text in English", "Text auf Englisch"),
            draft => draft.Text.English, (draft, typed) => draft with { Text = draft.Text with { English = typed } }),
        Number("capacity", new("Seats", "Plätze"), draft => draft.Capacity, (draft, typed) => draft with { Capacity = typed }),
        Moment("registrationOpens", new("Registration opens", "Anmeldebeginn"),
            draft => draft.RegistrationOpens, (draft, typed) => draft with { RegistrationOpens = typed }),
        Moment("registrationCloses", new("Registration closes", "Anmeldeschluss"),
            draft => draft.RegistrationCloses, (draft, typed) => draft with { RegistrationCloses = typed }),
        Number("setUpMinutes", new("Set-up before", "Aufbau davor"),
            draft => draft.SetUpMinutes, (draft, typed) => draft with { SetUpMinutes = typed }),
        Number("tearDownMinutes", new("Tear-down after", "Abbau danach"),
            draft => draft.TearDownMinutes, (draft, typed) => draft with { TearDownMinutes = typed }),
        Number("site", new("Site", "Standort"), draft => draft.SiteId, (draft, typed) => draft with { SiteId = typed }),
    ];

    public static bool Contains(string input) => All.Any(field => field.Input == input);

    private static EventField Text(string input, Words label, Func<EventDraft, string?> of, Func<EventDraft, string?, EventDraft> set) =>
        new(input, label, of, (draft, typed, _) => set(draft, string.IsNullOrWhiteSpace(typed) ? null : typed.Trim()));

    private static EventField Number(string input, Words label, Func<EventDraft, int?> of, Func<EventDraft, int?, EventDraft> set) =>
        new(input, label, draft => of(draft)?.ToString(CultureInfo.InvariantCulture),
            (draft, typed, errors) => set(draft, Number(input, typed, errors)));

    private static EventField Moment(
        string input, Words label, Func<EventDraft, LocalDateTime?> of, Func<EventDraft, LocalDateTime?, EventDraft> set) =>
        new(input, label, draft => EventForm.Moment(of(draft)), (draft, typed, errors) => set(draft, Moment(input, typed, errors)));

    internal static int? Number(string input, string? typed, FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (FormParse.Number(typed) is { } number)
            return number;
        errors.Add(input, Speak.T("Enter a whole number.", "Geben Sie eine ganze Zahl ein.", "Gib eine ganze Zahl ein."));
        return null;
    }

    private static LocalDateTime? Moment(string input, string? typed, FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (FormParse.DateTime(typed) is { } moment)
            return moment;
        errors.Add(input, Speak.T(
            "Enter a valid date and time, such as 2026-11-23 18:00.",
            "Geben Sie ein gültiges Datum mit Uhrzeit ein, etwa 23.11.2026, 18:00 Uhr.",
            "Gib ein gültiges Datum mit Uhrzeit ein, etwa 23.11.2026, 18:00 Uhr."));
        return null;
    }
}
