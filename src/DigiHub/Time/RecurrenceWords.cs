using System.Globalization;

namespace DigiHub.Time;

public sealed partial class Recurrence
{
    private static readonly IsoDayOfWeek[] workdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly Words[] nths =
        [new("first", "erste"), new("second", "zweite"), new("third", "dritte"), new("fourth", "vierte"), new("fifth", "fünfte")];

    /// <summary>
    /// "every second Tuesday until 30 June", "jeden zweiten Dienstag bis 30. Juni": part of a sentence. The year is named where it is
    /// another than that of the first day.
    /// </summary>
    public Words Written(LocalDate from)
    {
        var (rule, end, beside) = (RuleWords(), EndWords(from), DatesBeside());
        // "montags bis freitags bis …" would say the same word of two things.
        var comma = IsOnWorkdays && Until is not null ? "," : "";
        return new($"{rule.English}{end.English}{beside.English}", $"{rule.German}{comma}{end.German}{beside.German}");
    }

    private bool IsOnWorkdays => Kind == RecurrenceKind.Weekly && Every == 1 && Weekdays.SequenceEqual(workdays);

    private Words RuleWords() => Kind switch
    {
        RecurrenceKind.Daily when Every == 1 => new("every day", "täglich"),
        RecurrenceKind.Daily when Every == 2 => new("every second day", "jeden zweiten Tag"),
        RecurrenceKind.Daily => Plain($"every {Every} days", $"alle {Every} Tage"),
        RecurrenceKind.Weekly when IsOnWorkdays => new("Monday to Friday", "montags bis freitags"),
        RecurrenceKind.Weekly => Weekly(),
        _ => Monthly(),
    };

    private Words Weekly()
    {
        var (names, one) = (All([.. Weekdays.Select(TimeWords.DayName)]), Weekdays.Count == 1);
        return Every switch
        {
            1 => new($"every {names.English}", $"jeden {names.German}"),
            2 when one => new($"every second {names.English}", $"jeden zweiten {names.German}"),
            2 => new($"every second week on {names.English}", $"jede zweite Woche am {names.German}"),
            _ => Plain($"every {Every} weeks on {names.English}", $"alle {Every} Wochen am {names.German}"),
        };
    }

    private Words Monthly()
    {
        var (day, often) = (DayWords(), Every switch
        {
            1 => new("every month", "jeden Monat"),
            2 => new("every second month", "jeden zweiten Monat"),
            _ => Plain($"every {Every} months", $"alle {Every} Monate"),
        });
        return new($"{often.English} on the {day.English}", $"{often.German} am {day.German}");
    }

    private Words DayWords()
    {
        if (DayOfMonth is { } date)
            return Plain($"{date}{EnglishEnding(date)}", $"{date}.");
        var nth = Nth == Last ? new("last", "letzte") : nths[Nth!.Value - 1];
        var name = TimeWords.DayName(Weekday!.Value);
        return new($"{nth.English} {name.English}", $"{nth.German}n {name.German}");
    }

    private Words EndWords(LocalDate from)
    {
        if (Until is { } until)
        {
            var month = TimeWords.MonthName(until.Month);
            return until.Year == from.Year
                ? Plain($" until {until.Day} {month.English}", $" bis {until.Day}. {month.German}")
                : Plain($" until {until.Day} {month.English} {until.Year}", $" bis {until.Day}. {month.German} {until.Year}");
        }

        return Count == 1 ? new(", once", ", einmal") : Plain($", {Count} times", $", {Count}-mal");
    }

    private Words DatesBeside()
    {
        var more = Extra.Count switch
        {
            0 => default,
            1 => new(", and on 1 more date", ", dazu 1 weiterer Termin"),
            var count => Plain($", and on {count} more dates", $", dazu {count} weitere Termine"),
        };
        var less = Excluded.Count switch
        {
            0 => default,
            1 => new(", except on 1 date", ", außer an 1 Termin"),
            var count => Plain($", except on {count} dates", $", außer an {count} Terminen"),
        };
        return new(more.English + less.English, more.German + less.German);
    }

    private static Words All(IReadOnlyList<Words> names) => names.Count == 1
        ? names[0]
        : new($"{string.Join(", ", names.SkipLast(1).Select(name => name.English))} and {names[^1].English}",
            $"{string.Join(", ", names.SkipLast(1).Select(name => name.German))} und {names[^1].German}");

    private static string EnglishEnding(int day) => day switch
    {
        1 or 21 or 31 => "st",
        2 or 22 => "nd",
        3 or 23 => "rd",
        _ => "th",
    };

    private static Words Plain(FormattableString english, FormattableString german) =>
        new(english.ToString(CultureInfo.InvariantCulture), german.ToString(CultureInfo.InvariantCulture));
}
