namespace DigiHub.Time;

public sealed partial class Recurrence
{
    /// <summary>
    /// What somebody gave, checked. Each refusal names its field, and all are told at once: date_out_of_range, every_out_of_range,
    /// weekday_unknown, day_out_of_range, nth_out_of_range, end_missing, two_ends, count_out_of_range, until_before_start, series_too_long,
    /// too_many_dates, extra_date_out_of_range, no_dates.
    /// </summary>
    /// <param name="from">The first day on which it may be.</param>
    public static Outcome<Recurrence> Typed(RecurrenceDraft draft, LocalDate from)
    {
        if (!SiteTime.Reaches(from) || !SiteTime.Reaches(from.PlusYears(YearsMax)))
            return SiteTime.OutOfRange with { Field = "start" };
        var filled = draft.Filled(from);
        if (Refusal.AllOf([.. CheckRule(filled), .. CheckEnd(filled, from)]) is { } wrong)
            return wrong;
        var recurrence = new Recurrence(filled);
        return recurrence.CheckDates(from) is { } refusal ? refusal : recurrence;
    }

    private static IEnumerable<Refusal> CheckRule(RecurrenceDraft draft)
    {
        if (draft.Every is < 1 or > EveryMax)
            yield return EveryOutOfRange;
        if (draft.Kind == RecurrenceKind.Weekly && !draft.Weekdays.All(IsWeekday))
            yield return WeekdayUnknown("weekdays");
        if (draft.Kind == RecurrenceKind.MonthlyByDate && draft.DayOfMonth is < 1 or > 31)
            yield return DayOutOfRange;
        if (draft.Kind == RecurrenceKind.MonthlyByWeekday && draft.Nth is not (Last or (>= 1 and <= NthMax)))
            yield return NthOutOfRange;
        if (draft.Kind == RecurrenceKind.MonthlyByWeekday && !IsWeekday(draft.Weekday!.Value))
            yield return WeekdayUnknown("weekday");
    }

    private static IEnumerable<Refusal> CheckEnd(RecurrenceDraft draft, LocalDate from)
    {
        if (draft is { Until: null, Count: null })
            yield return EndMissing;
        if (draft is { Until: not null, Count: not null })
            yield return TwoEnds;
        if (draft.Count is < 1 or > DatesMax)
            yield return CountOutOfRange;
        if (draft.Until < from)
            yield return UntilBeforeStart;
        if (draft.Until > from.PlusYears(YearsMax))
            yield return TooLong("until", from);
        if (draft.Extra.Any(day => day < from || day > from.PlusYears(YearsMax)))
            yield return ExtraOutOfRange;
    }

    private Refusal? CheckDates(LocalDate from)
    {
        if (RuleDates(from).Count < Count)
            return TooLong("count", from);
        return Dates(from).Count switch
        {
            0 => NoDates(Count is null ? "until" : "count"),
            > DatesMax => TooManyDates(Count is null ? "until" : "extraDates"),
            _ => null,
        };
    }

    private static bool IsWeekday(IsoDayOfWeek day) => day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday;

    private static Refusal EveryOutOfRange { get; } = new("every_out_of_range", new(
        $"Enter a number from 1 to {EveryMax}.", $"Geben Sie eine Zahl von 1 bis {EveryMax} ein.",
        $"Gib eine Zahl von 1 bis {EveryMax} ein."))
    { Field = "every" };

    private static Refusal WeekdayUnknown(string field) => new("weekday_unknown", new(
        "Choose a day from Monday to Sunday.", "Wählen Sie einen Tag von Montag bis Sonntag.", "Wähle einen Tag von Montag bis Sonntag."))
    { Field = field };

    private static Refusal DayOutOfRange { get; } = new("day_out_of_range", new(
        "Choose a day of the month from 1 to 31.", "Wählen Sie einen Tag des Monats von 1 bis 31.",
        "Wähle einen Tag des Monats von 1 bis 31."))
    { Field = "dayOfMonth" };

    private static Refusal NthOutOfRange { get; } = new("nth_out_of_range", new(
        "Choose the first to fifth, or the last.", "Wählen Sie den ersten bis fünften oder den letzten.",
        "Wähle den ersten bis fünften oder den letzten."))
    { Field = "nth" };

    private static Refusal EndMissing { get; } = new("end_missing", new(
        "Say when the series ends: a last day, or how many dates.",
        "Geben Sie an, wann die Serie endet: einen letzten Tag oder eine Anzahl von Terminen.",
        "Gib an, wann die Serie endet: einen letzten Tag oder eine Anzahl von Terminen."))
    { Field = "until" };

    private static Refusal TwoEnds { get; } = new("two_ends", new(
        "Give a last day or a number of dates, not both.", "Geben Sie einen letzten Tag oder eine Anzahl an, nicht beides.",
        "Gib einen letzten Tag oder eine Anzahl an, nicht beides."))
    { Field = "count" };

    private static Refusal CountOutOfRange { get; } = new("count_out_of_range", new(
        $"A series has 1 to {DatesMax} dates.", $"Eine Serie hat 1 bis {DatesMax} Termine."))
    { Field = "count" };

    private static Refusal UntilBeforeStart { get; } = new("until_before_start", new(
        "The last day is before the first. Choose a later one.", "Der letzte Tag liegt vor dem ersten. Wählen Sie einen späteren.",
        "Der letzte Tag liegt vor dem ersten. Wähle einen späteren."))
    { Field = "until" };

    private static Refusal TooLong(string field, LocalDate from)
    {
        var last = TimeWords.Date(from.PlusYears(YearsMax));
        return new("series_too_long", new(
            $"A series lasts at most {YearsMax} years, here until {last.English}.",
            $"Eine Serie dauert höchstens {YearsMax} Jahre, hier bis zum {last.German}."))
        { Field = field };
    }

    private static Refusal TooManyDates(string field) => new("too_many_dates", new(
        $"A series has at most {DatesMax} dates. Choose an earlier end or fewer days.",
        $"Eine Serie hat höchstens {DatesMax} Termine. Wählen Sie ein früheres Ende oder weniger Tage.",
        $"Eine Serie hat höchstens {DatesMax} Termine. Wähle ein früheres Ende oder weniger Tage."))
    { Field = field };

    private static Refusal ExtraOutOfRange { get; } = new("extra_date_out_of_range", new(
        $"Further dates lie on or after the first day, and at most {YearsMax} years later.",
        $"Weitere Termine liegen nicht vor dem ersten Tag und höchstens {YearsMax} Jahre danach."))
    { Field = "extraDates" };

    private static Refusal NoDates(string field) => new("no_dates", new(
        "No date is left. Choose another end or other days.", "Es bleibt kein Termin. Wählen Sie ein anderes Ende oder andere Tage.",
        "Es bleibt kein Termin. Wähle ein anderes Ende oder andere Tage."))
    { Field = field };
}
