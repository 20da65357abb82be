using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace DigiHub.Time;

// As a recurrence rule of iCalendar, RFC 5545 3.8.5.
public sealed partial class Recurrence
{
    /// <summary>Of the stored form, with as many further and excluded dates as there may be.</summary>
    public const int TextMax = 2 * 9 * (DatesMax + 1) + 200;

    private static readonly string[] days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private static readonly LocalDatePattern plainDate = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly LocalDateTimePattern plainTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly InstantPattern utcTime = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>
    /// The value of RRULE beside a DTSTART with a TZID: its UNTIL is then in UTC (3.3.10). DTSTART must be the first date of the rule
    /// (<see cref="First"/>); further and excluded dates are properties of their own.
    /// </summary>
    /// <param name="start">The time of day at which it begins.</param>
    public string Rule(LocalTime start, SiteTime site) =>
        Rule(Until is { } until ? utcTime.Format(site.Shifted(until + start)) : null);

    /// <summary>The first date of the rule; null where it has none.</summary>
    public LocalDate? First(LocalDate from) => RuleDates(from) is [var first, ..] ? first : null;

    /// <summary>As it is stored: the rule with a plain UNTIL, and lines of further and excluded dates where there are any.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Rule(Until is { } until ? plainDate.Format(until) : null));
        if (Extra.Count > 0)
            text.Append("\nRDATE:").AppendJoin(',', Extra.Select(plainDate.Format));
        if (Excluded.Count > 0)
            text.Append("\nEXDATE:").AppendJoin(',', Excluded.Select(plainDate.Format));
        return text.ToString();
    }

    /// <summary>From a row.</summary>
    /// <exception cref="FormatException">It is not in the stored form.</exception>
    public static Recurrence Kept(string text) => new(Read(text, start: default, site: null)
        ?? throw new FormatException($"This is no stored recurrence: {text}"));

    /// <summary>
    /// Reads RRULE, and RDATE and EXDATE of plain dates where lines of these follow. Null for what is none, and for rules that cannot be
    /// had here (by the hour, by several days of a month, without parts that are known).
    /// </summary>
    /// <param name="start">The time of day at which it begins: UNTIL in UTC may fall before it on its last day.</param>
    public static RecurrenceDraft? Read(string text, LocalTime start, SiteTime? site)
    {
        RecurrenceDraft? draft = null;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = line.Split(':', 2) is [var before, var after] ? (before.ToUpperInvariant(), after) : ("RRULE", line);
            draft = (name, draft) switch
            {
                ("RRULE", null) => ReadRule(value.ToUpperInvariant(), start, site),
                ("RDATE", not null) => ReadDates(value) is { } dates ? draft with { Extra = dates } : null,
                ("EXDATE", not null) => ReadDates(value) is { } dates ? draft with { Excluded = dates } : null,
                _ => null,
            };
            if (draft is null)
                return null;
        }

        return draft;
    }

    private string Rule(string? until)
    {
        var rule = new StringBuilder("FREQ=").Append(Kind switch
        {
            RecurrenceKind.Daily => "DAILY",
            RecurrenceKind.Weekly => "WEEKLY",
            _ => "MONTHLY",
        });
        if (Every > 1)
            rule.Append(CultureInfo.InvariantCulture, $";INTERVAL={Every}");
        if (Kind == RecurrenceKind.Weekly)
            rule.Append(";BYDAY=").AppendJoin(',', Weekdays.Select(day => days[(int)day - 1]));
        if (Kind == RecurrenceKind.Weekly && Every > 1)
            rule.Append(";WKST=MO"); // the default, but which week is the second one depends on it
        if (DayOfMonth is { } date)
            rule.Append(CultureInfo.InvariantCulture, $";BYMONTHDAY={date}");
        if (Weekday is { } weekday)
            rule.Append(CultureInfo.InvariantCulture, $";BYDAY={Nth}{days[(int)weekday - 1]}");
        if (until is not null)
            rule.Append(";UNTIL=").Append(until);
        if (Count is { } count)
            rule.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        return rule.ToString();
    }

    private static RecurrenceDraft? ReadRule(string rule, LocalTime start, SiteTime? site)
    {
        Dictionary<string, string> parts = [];
        foreach (var part in rule.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is not [var name, var value] || !parts.TryAdd(name, value))
                return null;
        }

        var kind = (parts.GetValueOrDefault("FREQ"), parts.ContainsKey("BYDAY")) switch
        {
            ("DAILY", false) => RecurrenceKind.Daily,
            ("WEEKLY", _) => RecurrenceKind.Weekly,
            ("MONTHLY", false) => RecurrenceKind.MonthlyByDate,
            ("MONTHLY", true) => RecurrenceKind.MonthlyByWeekday,
            _ => (RecurrenceKind?)null,
        };
        if (kind is null || parts.Keys.Except(known[kind.Value]).Any())
            return null;
        var draft = new RecurrenceDraft { Kind = kind.Value };
        foreach (var (name, value) in parts)
        {
            var next = name switch
            {
                "INTERVAL" => Number(value) is { } every ? draft with { Every = every } : null,
                "COUNT" => Number(value) is { } count ? draft with { Count = count } : null,
                "UNTIL" => ReadUntil(value, start, site) is { } until ? draft with { Until = until } : null,
                "BYMONTHDAY" => Number(value) is { } day ? draft with { DayOfMonth = day } : null,
                "BYDAY" => ReadDays(draft, value),
                "BYSETPOS" => draft, // with BYDAY, below
                "WKST" => value == "MO" || kind != RecurrenceKind.Weekly ? draft : null,
                _ => draft,
            };
            if (next is null)
                return null;
            draft = next;
        }

        if (!parts.TryGetValue("BYSETPOS", out var position))
            return kind != RecurrenceKind.MonthlyByWeekday || draft.Nth is not null ? draft : null;
        return draft is { Nth: null, Weekday: not null } && Number(position) is { } nth ? draft with { Nth = nth } : null;
    }

    private static readonly Dictionary<RecurrenceKind, string[]> known = new()
    {
        [RecurrenceKind.Daily] = ["FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST"],
        [RecurrenceKind.Weekly] = ["FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY"],
        [RecurrenceKind.MonthlyByDate] = ["FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYMONTHDAY"],
        [RecurrenceKind.MonthlyByWeekday] = ["FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY", "BYSETPOS"],
    };

    private static RecurrenceDraft? ReadDays(RecurrenceDraft draft, string value)
    {
        var named = value.Split(',');
        if (draft.Kind == RecurrenceKind.Weekly)
            return named.All(day => days.Contains(day)) ? draft with { Weekdays = [.. named.Select(Weekday)] } : null;
        if (named is not [{ Length: >= 2 } only] || !days.Contains(only[^2..]))
            return null;
        if (only.Length == 2)
            return draft with { Weekday = Weekday(only) };
        return Number(only[..^2]) is { } nth ? draft with { Weekday = Weekday(only[^2..]), Nth = nth } : null;

        static IsoDayOfWeek Weekday(string name) => (IsoDayOfWeek)(Array.IndexOf(days, name) + 1);
    }

    /// <summary>The last day on which something that begins at this time is not after UNTIL.</summary>
    private static LocalDate? ReadUntil(string value, LocalTime start, SiteTime? site)
    {
        if (plainDate.Parse(value) is { Success: true, Value: var day })
            return day;
        if (plainTime.Parse(value) is { Success: true, Value: var local })
            return local.TimeOfDay < start ? local.Date.PlusDays(-1) : local.Date;
        if (site is null || utcTime.Parse(value) is not { Success: true, Value: var instant } || !SiteTime.Reaches(instant))
            return null;
        var date = site.DateOf(instant);
        return site.Shifted(date + start) > instant ? date.PlusDays(-1) : date;
    }

    private static List<LocalDate>? ReadDates(string value)
    {
        var parsed = value.Split(',').Select(plainDate.Parse).ToList();
        return parsed.TrueForAll(one => one.Success) ? [.. parsed.Select(one => one.Value)] : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
