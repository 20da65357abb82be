using System.Globalization;
using DigiHub.Events;
using DigiHub.Reminders;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Events;

/// <summary>
/// The editor's fields as they were typed, so that whatever was wrong comes back to be mended. Refusals point at the inputs by
/// their names.
/// </summary>
public sealed record EventForm
{
    /// <summary>Empty rows for reminders beyond those that are set; a saved form brings new ones.</summary>
    private const int SpareReminders = 2;

    public string? TitleGerman { get; init; }
    public string? TitleEnglish { get; init; }
    public string? TextGerman { get; init; }
    public string? TextEnglish { get; init; }
    public string? Topic { get; init; }
    public string? Format { get; init; }
    public string? SiteId { get; init; }
    public string? SpaceId { get; init; }
    public string? JoinLink { get; init; }
    public string? Start { get; init; }
    public string? End { get; init; }
    public string? Capacity { get; init; }
    public string? RegistrationOpens { get; init; }
    public string? RegistrationCloses { get; init; }
    public string? SetUpMinutes { get; init; }
    public string? TearDownMinutes { get; init; }
    public IReadOnlyList<ReminderRow> Reminders { get; init; } = [];

    /// <summary>The organiser's words to those who are told of a change.</summary>
    public string? Note { get; init; }

    /// <summary>The event's revision when the form was opened.</summary>
    public string? Revision { get; init; }

    /// <summary>A mark of each field as it was when the form was opened; <see cref="EventMerge"/> reads it.</summary>
    public string? Opened { get; init; }

    public int? IfRevision => FormParse.Number(Revision);

    /// <summary>One reminder: so many days before at a time of day, or so many hours before. An empty amount is no reminder.</summary>
    public sealed record ReminderRow(string? Amount, string? Unit, string? At);

    /// <summary>A new event: everything has its default.</summary>
    public static EventForm New(IReadOnlyList<ReminderTime> reminders) => Of(new EventDraft { Reminders = reminders }, revision: null);

    /// <summary>The same fields with the reminders of a template, and rows for more.</summary>
    public EventForm With(IEnumerable<ReminderTime> reminders) => this with { Reminders = [.. WithSpares(reminders.OrderByDescending(HoursBefore).Select(Row))] };

    public static EventForm Of(EventDraft draft, int? revision) => new EventForm
    {
        TitleGerman = draft.Title.German,
        TitleEnglish = draft.Title.English,
        TextGerman = draft.Text.German,
        TextEnglish = draft.Text.English,
        Topic = draft.Topic,
        Format = draft.Format.ToString(),
        SiteId = Number(draft.SiteId),
        SpaceId = Number(draft.SpaceId),
        JoinLink = draft.JoinLink,
        Start = Moment(draft.Start),
        End = Moment(draft.End),
        Capacity = Number(draft.Capacity),
        RegistrationOpens = Moment(draft.RegistrationOpens),
        RegistrationCloses = Moment(draft.RegistrationCloses),
        SetUpMinutes = Number(draft.SetUpMinutes),
        TearDownMinutes = Number(draft.TearDownMinutes),
        Reminders = [.. WithSpares((draft.Reminders ?? ReminderTime.Usual).OrderByDescending(HoursBefore).Select(Row))],
        Revision = Number(revision),
    }.AsOpened();

    /// <summary>The same fields for what has been saved meanwhile.</summary>
    public EventForm With(int revision) => (this with { Revision = Number(revision) }).AsOpened();

    private EventForm AsOpened() => this with { Opened = EventMerge.Marks(this) };

    /// <summary>The same fields with another room and time, as the inputs write them.</summary>
    public EventForm With(string room, string start, string end) => this with { SpaceId = room, Start = start, End = end };

    public static EventForm Read(IFormCollection form)
    {
        return new EventForm
        {
            TitleGerman = form["titleGerman"],
            TitleEnglish = form["titleEnglish"],
            TextGerman = form["textGerman"],
            TextEnglish = form["textEnglish"],
            Topic = form["topic"],
            Format = form["format"],
            SiteId = form["site"],
            SpaceId = form["space"],
            JoinLink = form["joinLink"],
            Start = form["start"],
            End = form["end"],
            Capacity = form["capacity"],
            RegistrationOpens = form["registrationOpens"],
            RegistrationCloses = form["registrationCloses"],
            SetUpMinutes = form["setUpMinutes"],
            TearDownMinutes = form["tearDownMinutes"],
            Reminders = [.. WithSpares(Rows(form))],
            Note = form["note"],
            Revision = form["revision"],
            Opened = form["opened"],
        };
    }

    /// <summary>The draft that was meant; what cannot be read is noted in <paramref name="errors"/>, field by field.</summary>
    public EventDraft ToDraft(FormErrors errors) => new()
    {
        Title = new(Text(TitleGerman), Text(TitleEnglish)),
        Text = new(Text(TextGerman), Text(TextEnglish)),
        Topic = Text(Topic),
        Format = OneOf<EventFormat>(Format),
        SiteId = Number(SiteId, "site", errors),
        SpaceId = Number(SpaceId, "space", errors),
        JoinLink = Text(JoinLink),
        Start = Moment(Start, "start", errors),
        End = Moment(End, "end", errors),
        Capacity = Number(Capacity, "capacity", errors),
        RegistrationOpens = Moment(RegistrationOpens, "registrationOpens", errors),
        RegistrationCloses = Moment(RegistrationCloses, "registrationCloses", errors),
        SetUpMinutes = Number(SetUpMinutes, "setUpMinutes", errors),
        TearDownMinutes = Number(TearDownMinutes, "tearDownMinutes", errors),
        Reminders = [.. ReminderTimes(errors)],
    };

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
        var ignored = new FormErrors();
        var (start, end) = (Moment(Start, "", ignored), Moment(End, "", ignored));
        return new RoomsForEventQuery(start, end, Number(SetUpMinutes, "", ignored), Number(TearDownMinutes, "", ignored), eventId);
    }

    private IEnumerable<ReminderTime> ReminderTimes(FormErrors errors)
    {
        for (var i = 0; i < Reminders.Count; i++)
        {
            var row = Reminders[i];
            if (string.IsNullOrWhiteSpace(row.Amount) || Number(row.Amount, $"reminderAmount{i}", errors) is not { } amount)
                continue;

            var isDays = row.Unit != "hours";
            var most = isDays ? ReminderTime.DaysMax : ReminderTime.HoursMax;
            if (amount < 1 || amount > most)
                errors.Add($"reminderAmount{i}", Speak.T($"Enter a number from 1 to {most}.", $"Geben Sie eine Zahl von 1 bis {most} ein."));
            else if (!isDays)
                yield return ReminderTime.Hours(amount);
            else if (FormParse.Time(row.At) is { } at)
                yield return ReminderTime.Days(amount, at);
            else
                errors.Add($"reminderAt{i}", Speak.T("Enter a time of day like 09:00.", "Geben Sie eine Uhrzeit wie 09:00 ein."));
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

    private static IEnumerable<ReminderRow> WithSpares(IEnumerable<ReminderRow> rows) =>
        rows.Concat(Enumerable.Repeat(new ReminderRow("", "days", "09:00"), SpareReminders)).Take(ReminderRule.PerEventMax);

    // The earliest first; a day is taken for 24 hours, which is near enough to sort by.
    /// <summary>By which reminders are shown, the earliest to go out first.</summary>
    internal static int HoursBefore(ReminderTime reminder) => reminder.Kind == ReminderKind.CalendarDays ? reminder.Amount * 24 : reminder.Amount;

    private static ReminderRow Row(ReminderTime reminder) => new(
        Number(reminder.Amount),
        reminder.Kind == ReminderKind.CalendarDays ? "days" : "hours",
        reminder.At is { } at ? FormParse.Write(at) : "09:00");

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private static T OneOf<T>(string? typed) where T : struct, Enum => FormParse.OneOf<T>(typed) ?? default;

    /// <summary>As a datetime-local input writes it: 2026-11-23T18:00.</summary>
    public static string? Moment(LocalDateTime? moment) => moment is { } local ? FormParse.Write(local) : null;

    private static LocalDateTime? Moment(string? typed, string field, FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (FormParse.DateTime(typed) is { } moment)
            return moment;
        errors.Add(field, Speak.T("Enter a valid date and time, such as 2026-11-23 18:00.", "Geben Sie ein gültiges Datum mit Uhrzeit ein, etwa 23.11.2026, 18:00 Uhr."));
        return null;
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? typed, string field, FormErrors errors)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (FormParse.Number(typed) is { } number)
            return number;
        errors.Add(field, Speak.T("Enter a whole number.", "Geben Sie eine ganze Zahl ein."));
        return null;
    }
}
