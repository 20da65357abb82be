namespace DigiHub.Time;

/// <summary>What a recurrence counts by.</summary>
public enum RecurrenceKind { Daily, Weekly, MonthlyByDate, MonthlyByWeekday }

/// <summary>
/// On which days something comes again, as RFC 5545 has it: a rule that ends by a date or a count, further dates beside it and dates that
/// are left out. It knows days only: at what time, and what instant that is, <see cref="SiteTime"/> says of each, so the clock stays.
/// Made by <see cref="Typed"/>, which checks it; equal to another if it says the same.
/// </summary>
public sealed partial class Recurrence : IEquatable<Recurrence>
{
    /// <summary>From the first day to the last, and how many dates there may be between.</summary>
    public const int YearsMax = 2, DatesMax = 200;

    /// <summary>Every so many days, weeks or months at most.</summary>
    public const int EveryMax = 99;

    /// <summary>Of <see cref="Nth"/>: the last one of the month, whether it is the fourth or the fifth.</summary>
    public const int Last = -1;

    private const int NthMax = 5;

    private Recurrence(RecurrenceDraft draft)
    {
        (Kind, Every, Until, Count) = (draft.Kind, draft.Every, draft.Until, draft.Until is null ? draft.Count : null);
        Weekdays = draft.Kind is RecurrenceKind.Weekly ? [.. draft.Weekdays.Distinct().Order()] : [];
        DayOfMonth = draft.Kind is RecurrenceKind.MonthlyByDate ? draft.DayOfMonth : null;
        (Nth, Weekday) = draft.Kind is RecurrenceKind.MonthlyByWeekday ? (draft.Nth, draft.Weekday) : (null, null);
        (Extra, Excluded) = ([.. draft.Extra.Distinct().Order()], [.. draft.Excluded.Distinct().Order()]);
    }

    public RecurrenceKind Kind { get; }

    /// <summary>Every so many days, weeks (which begin on Monday) or months, counted from that of the first day.</summary>
    public int Every { get; }

    /// <summary>Of a weekly one, Monday first; at least one.</summary>
    public IReadOnlyList<IsoDayOfWeek> Weekdays { get; }

    /// <summary>Of a monthly one by date; months without this day are left out.</summary>
    public int? DayOfMonth { get; }

    /// <summary>Of a monthly one by weekday: 1 to 5, or <see cref="Last"/>; months without a fifth are left out.</summary>
    public int? Nth { get; }

    /// <summary>Of a monthly one by weekday.</summary>
    public IsoDayOfWeek? Weekday { get; }

    /// <summary>The last day on which it may be; null where <see cref="Count"/> ends it.</summary>
    public LocalDate? Until { get; }

    /// <summary>How many dates the rule gives, those included that are left out; null where <see cref="Until"/> ends it.</summary>
    public int? Count { get; }

    /// <summary>Further dates, in order.</summary>
    public IReadOnlyList<LocalDate> Extra { get; }

    /// <summary>Dates that are left out, in order.</summary>
    public IReadOnlyList<LocalDate> Excluded { get; }

    /// <summary>
    /// The dates, in order, each once. The first need not be <paramref name="from"/>: a weekly one begins on its first weekday from
    /// then on.
    /// </summary>
    public IReadOnlyList<LocalDate> Dates(LocalDate from)
    {
        SortedSet<LocalDate> dates = [.. RuleDates(from), .. Extra];
        dates.ExceptWith(Excluded);
        return [.. dates];
    }

    /// <summary>What is left of it before a date: it ends the day before. Where nothing is left, it has no dates.</summary>
    public Recurrence Before(LocalDate from, LocalDate date)
    {
        var rest = Draft with { Extra = [.. Extra.Where(day => day < date)], Excluded = [.. Excluded.Where(day => day < date)] };
        return new(RuleDates(from).TrueForAll(day => day < date) ? rest : rest with { Until = date.PlusDays(-1), Count = null });
    }

    /// <summary>
    /// What is left of it from a date on, with the day it then counts from, so that every second week stays that week.
    /// </summary>
    /// <param name="from">The day it counts from now.</param>
    public (Recurrence Tail, LocalDate From) After(LocalDate from, LocalDate date)
    {
        var rule = RuleDates(from);
        var ahead = rule.Where(day => day >= date).ToList();
        var rest = Draft with { Extra = [.. Extra.Where(day => day >= date)], Excluded = [.. Excluded.Where(day => day >= date)] };
        return ahead is [var first, ..]
            ? (new(Count is null ? rest : rest with { Count = ahead.Count }), first)
            : (new(rest with { Until = date.PlusDays(-1), Count = null }), date);
    }

    /// <summary>The same with these dates left out, too.</summary>
    public Recurrence Without(IEnumerable<LocalDate> dates) => new(Draft with { Excluded = [.. Excluded, .. dates] });

    /// <summary>As a form shows it, to be changed.</summary>
    public RecurrenceDraft Draft => new()
    {
        Kind = Kind,
        Every = Every,
        Weekdays = Weekdays,
        DayOfMonth = DayOfMonth,
        Nth = Nth,
        Weekday = Weekday,
        Until = Until,
        Count = Count,
        Extra = Extra,
        Excluded = Excluded,
    };

    /// <summary>What the rule alone gives.</summary>
    private List<LocalDate> RuleDates(LocalDate from)
    {
        var furthest = from.PlusYears(YearsMax);
        var last = Until < furthest ? Until.Value : furthest;
        var dates = Kind switch
        {
            RecurrenceKind.Daily => Steps(from).Select(step => from.PlusDays(step)),
            RecurrenceKind.Weekly => Steps(from).SelectMany(step => DaysOfWeek(from, step)),
            _ => Steps(from).Select(step => DayOfMonthIn(from.ToYearMonth().PlusMonths(step))).OfType<LocalDate>(),
        };
        return [.. dates.SkipWhile(day => day < from).TakeWhile(day => day <= last).Take(Count ?? int.MaxValue)];
    }

    /// <summary>0, n, 2n … for as long as a date can follow.</summary>
    private IEnumerable<int> Steps(LocalDate from)
    {
        var furthest = Period.DaysBetween(from, from.PlusYears(YearsMax));
        var daysAtLeast = Kind switch { RecurrenceKind.Daily => 1, RecurrenceKind.Weekly => 7, _ => 28 };
        for (var step = 0; (step - 1) * daysAtLeast <= furthest; step += Every)
            yield return step;
    }

    private IEnumerable<LocalDate> DaysOfWeek(LocalDate from, int weeks)
    {
        var monday = from.PlusDays(1 - (int)from.DayOfWeek).PlusWeeks(weeks);
        return Weekdays.Select(day => monday.PlusDays((int)day - 1));
    }

    private LocalDate? DayOfMonthIn(YearMonth month)
    {
        var (first, length) = (month.OnDayOfMonth(1), CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month));
        if (DayOfMonth is { } wanted)
            return wanted <= length ? first.PlusDays(wanted - 1) : null;
        var firstSuch = 1 + ((int)Weekday! - (int)first.DayOfWeek + 7) % 7;
        var day = Nth == Last ? firstSuch + (length - firstSuch) / 7 * 7 : firstSuch + (Nth!.Value - 1) * 7;
        return day <= length ? first.PlusDays(day - 1) : null;
    }

    public bool Equals(Recurrence? other) => other?.ToString() == ToString();

    public override bool Equals(object? obj) => Equals(obj as Recurrence);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
