using System.Collections.Immutable;
using System.Globalization;
using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Events;

/// <summary>
/// The editor's fields (<see cref="EventFields"/>) as they were typed, so that whatever was wrong comes back to be mended. Refusals
/// point at the inputs by their names.
/// </summary>
public sealed record EventForm
{
    /// <summary>Empty rows for reminders beyond those that are set; a saved form brings new ones.</summary>
    private const int SpareReminders = 2;

    private ImmutableDictionary<string, string?> Fields { get; init; } = ImmutableDictionary<string, string?>.Empty;

    public IReadOnlyList<ReminderRow> Reminders { get; init; } = [];

    /// <summary>The organiser's words to those who are told of a change.</summary>
    public string? Note { get; init; }

    /// <summary>The event's revision when the form was opened.</summary>
    public string? Revision { get; init; }

    /// <summary>A mark of each field as it was when the form was opened; <see cref="EventMerge"/> reads it.</summary>
    public string? Opened { get; init; }

    public int? IfRevision => FormParse.Number(Revision);

    /// <summary>What stands in the input of that name.</summary>
    /// <exception cref="ArgumentException">The editor has no such field.</exception>
    public string? this[string input] => Fields.GetValueOrDefault(Known(input));

    /// <summary>One reminder: so many days before at a time of day, or so many hours before. An empty amount is no reminder.</summary>
    public sealed record ReminderRow(string? Amount, string? Unit, string? At);

    /// <summary>A new event: everything has its default.</summary>
    public static EventForm New(IReadOnlyList<ReminderTime> reminders) => Of(new EventDraft { Reminders = reminders }, revision: null);

    public static EventForm Of(EventDraft draft, int? revision) => new EventForm
    {
        Fields = EventFields.All.ToImmutableDictionary(field => field.Input, field => field.Write(draft)),
        Reminders = Rows(draft.Reminders ?? ReminderTime.Usual),
        Revision = revision?.ToString(CultureInfo.InvariantCulture),
    }.AsOpened();

    public static EventForm Read(IFormCollection form) => new()
    {
        Fields = EventFields.All.ToImmutableDictionary(field => field.Input, field => (string?)form[field.Input]),
        Reminders = [.. WithSpares(Rows(form))],
        Note = form["note"],
        Revision = form["revision"],
        Opened = form["opened"],
    };

    /// <summary>The same fields but for one.</summary>
    /// <exception cref="ArgumentException">The editor has no such field.</exception>
    public EventForm With(string input, string? typed) => this with { Fields = Fields.SetItem(Known(input), typed) };

    /// <summary>The same fields with the reminders of a template, and rows for more.</summary>
    public EventForm With(IEnumerable<ReminderTime> reminders) => this with { Reminders = Rows(reminders) };

    /// <summary>The same fields for what has been saved meanwhile.</summary>
    public EventForm With(int revision) => (this with { Revision = revision.ToString(CultureInfo.InvariantCulture) }).AsOpened();

    private EventForm AsOpened() => this with { Opened = EventMerge.Marks(this) };

    /// <summary>The draft that was meant; what cannot be read is noted in <paramref name="errors"/>, field by field.</summary>
    public EventDraft ToDraft(FormErrors errors)
    {
        var draft = EventFields.All.Aggregate(new EventDraft(), (read, field) => field.Read(read, this[field.Input], errors));
        return draft with { Reminders = [.. ReminderTimes(errors)] };
    }

    /// <summary>The input that a refusal points at; "title" is the one of the reader's language.</summary>
    public static string FieldOf(string field) => field switch
    {
        "title" => Languages.Here == Language.German ? "titleGerman" : "titleEnglish",
        "reminders" => "reminderAmount0",
        _ => field,
    };

    /// <summary>The times as far as they can be read, to ask which rooms are free.</summary>
    public RoomsForEventQuery ToRoomsQuery(Guid? eventId)
    {
        var draft = ToDraft(new FormErrors());
        return new RoomsForEventQuery(draft.Start, draft.End, draft.SetUpMinutes, draft.TearDownMinutes, eventId);
    }

    private IEnumerable<ReminderTime> ReminderTimes(FormErrors errors)
    {
        for (var i = 0; i < Reminders.Count; i++)
        {
            var row = Reminders[i];
            if (EventFields.Number($"reminderAmount{i}", row.Amount, errors) is not { } amount)
                continue;

            var isDays = row.Unit != "hours";
            var most = isDays ? ReminderTime.DaysMax : ReminderTime.HoursMax;
            if (amount < 1 || amount > most)
                errors.Add($"reminderAmount{i}",
                    Speak.T($"Enter a number from 1 to {most}.", $"Geben Sie eine Zahl von 1 bis {most} ein.",
                        $"Gib eine Zahl von 1 bis {most} ein."));
            else if (!isDays)
                yield return ReminderTime.Hours(amount);
            else if (FormParse.Time(row.At) is { } at)
                yield return ReminderTime.Days(amount, at);
            else
                errors.Add($"reminderAt{i}", Speak.T("Enter a time of day like 09:00.", "Geben Sie eine Uhrzeit wie 09:00 ein.",
                    "Gib eine Uhrzeit wie 09:00 ein."));
        }
    }

    private static IEnumerable<ReminderRow> Rows(IFormCollection form)
    {
        for (var i = 0; i < ReminderRule.PerEventMax && form.ContainsKey($"reminderAmount{i}"); i++)
        {
            var row = new ReminderRow(form[$"reminderAmount{i}"], form[$"reminderUnit{i}"], form[$"reminderAt{i}"]);
            if (!string.IsNullOrWhiteSpace(row.Amount))
                yield return row;
        }
    }

    private static IReadOnlyList<ReminderRow> Rows(IEnumerable<ReminderTime> reminders) =>
        [.. WithSpares(reminders.OrderByDescending(HoursBefore).Select(Row))];

    private static IEnumerable<ReminderRow> WithSpares(IEnumerable<ReminderRow> rows) =>
        rows.Concat(Enumerable.Repeat(new ReminderRow("", "days", "09:00"), SpareReminders)).Take(ReminderRule.PerEventMax);

    /// <summary>By which reminders are shown, the earliest to go out first; a day is taken for 24 hours, near enough to sort by.</summary>
    internal static int HoursBefore(ReminderTime reminder) =>
        reminder.Kind == ReminderKind.CalendarDays ? reminder.Amount * 24 : reminder.Amount;

    private static ReminderRow Row(ReminderTime reminder) => new(
        reminder.Amount.ToString(CultureInfo.InvariantCulture),
        reminder.Kind == ReminderKind.CalendarDays ? "days" : "hours",
        reminder.At is { } at ? FormParse.Write(at) : "09:00");

    /// <summary>As a datetime-local input writes it: 2026-11-23T18:00.</summary>
    public static string? Moment(LocalDateTime? moment) => moment is { } local ? FormParse.Write(local) : null;

    private static string Known(string input) =>
        EventFields.Contains(input) ? input : throw new ArgumentException($"The editor has no field \"{input}\".", nameof(input));
}
