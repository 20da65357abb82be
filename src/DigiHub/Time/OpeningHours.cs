namespace DigiHub.Time;

/// <summary>Days a site is closed outside its weekly rhythm, <see cref="From"/> and <see cref="Through"/> both included.</summary>
public sealed record ClosedDays
{
    /// <exception cref="ArgumentException">The first day is after the last, or a reason is blank.</exception>
    public ClosedDays(LocalDate from, LocalDate through, Words reason)
    {
        if (from > through)
            throw new ArgumentException(
                $"Closed days must begin before they end, not on {from:uuuu-MM-dd} and end on {through:uuuu-MM-dd}.", nameof(through));
        ArgumentException.ThrowIfNullOrWhiteSpace(reason.English, nameof(reason));
        ArgumentException.ThrowIfNullOrWhiteSpace(reason.German, nameof(reason));
        From = from;
        Through = through;
        Reason = reason;
    }

    public LocalDate From { get; }
    public LocalDate Through { get; }
    public Words Reason { get; }

    public bool Include(LocalDate date) => From <= date && date <= Through;
}

/// <summary>Other hours than usual on one date, and why; they come before closures, holidays and the week.</summary>
public sealed record SpecialDay(LocalDate Date, DayHours Hours, Words Reason);

/// <summary>The hours of a week, from a date on until the next week begins.</summary>
/// <param name="Days">A day that is not in it is closed.</param>
public sealed record WeekFrom(LocalDate From, IReadOnlyDictionary<IsoDayOfWeek, DayHours> Days);

/// <summary>
/// When a site is open. Of a date the most particular counts: special hours, a closure, a public holiday of its Land where it keeps them,
/// the week that counts from that date on.
/// Nothing is open outside the years of <see cref="PublicHolidays"/>, since nobody knows their holidays.
/// </summary>
public sealed class OpeningHours
{
    /// <summary>The furthest <see cref="NextOpenDay"/> looks ahead.</summary>
    public const int LookAheadDaysMax = 400;

    private readonly (LocalDate From, DayHours?[] Days)[] weeks; // the latest first
    private readonly Dictionary<LocalDate, SpecialDay> special;
    private readonly ClosedDays[] closures;
    private readonly Land? holidays;

    /// <summary>Always the same week, without special hours.</summary>
    public OpeningHours(IReadOnlyDictionary<IsoDayOfWeek, DayHours> week, IEnumerable<ClosedDays> closures, Land? holidays)
        : this([new WeekFrom(LocalDate.MinIsoValue, week)], [], closures, holidays)
    {
    }

    /// <param name="weeks">In any order; before the first of them it is closed.</param>
    /// <param name="special">At most one for a date.</param>
    /// <param name="closures">In any order; where several include a day, the first gives the reason.</param>
    /// <param name="holidays">Whose public holidays close it; null: none.</param>
    public OpeningHours(
        IReadOnlyList<WeekFrom> weeks, IEnumerable<SpecialDay> special, IEnumerable<ClosedDays> closures, Land? holidays)
    {
        this.weeks = [.. weeks.OrderByDescending(week => week.From).Select(week => (week.From, DaysOf(week)))];
        this.special = special.ToDictionary(day => day.Date);
        this.closures = [.. closures];
        this.holidays = holidays;
    }

    /// <summary>Null when closed all day; <see cref="WhyClosed"/> then says why.</summary>
    public DayHours? On(LocalDate date) => WhyClosed(date) is null ? SpecialOn(date)?.Hours ?? OfWeek(date) : null;

    /// <summary>Null where the usual hours count.</summary>
    public SpecialDay? SpecialOn(LocalDate date) => special.GetValueOrDefault(date);

    /// <summary>
    /// Null when open at some time of the day. The most particular reason: the closure's own, "public holiday: Women’s Day", or
    /// "closed on Sundays". A part of a sentence, for brackets and captions.
    /// </summary>
    public Words? WhyClosed(LocalDate date)
    {
        if (date.Year is < PublicHolidays.YearMin or > PublicHolidays.YearMax)
            return new("outside the hub’s calendar", "außerhalb des Kalenders des Hubs");
        if (special.ContainsKey(date))
            return null;
        if (Array.Find(closures, closed => closed.Include(date)) is { } closure)
            return closure.Reason;
        if (holidays is { } land && PublicHolidays.Name(land, date) is { } holiday)
            return new($"public holiday: {holiday.English}", $"Feiertag: {holiday.German}");
        if (OfWeek(date) is not null)
            return null;

        var day = TimeWords.DayName(date.DayOfWeek);
        return new($"closed on {day.English}s", $"{day.German.ToLowerInvariant()}s geschlossen");
    }

    /// <summary>
    /// Null when open for the whole of the span: every day it touches is open, and it starts and ends within the hours of its first and
    /// last day (nights between are allowed). Else a refusal: closed_that_day, outside_opening_hours, or span_too_long beyond
    /// <see cref="LocalSpan.DatesMax"/> days.
    /// </summary>
    public Refusal? Check(LocalSpan span)
    {
        if (span.DatesTouched > LocalSpan.DatesMax)
            return TooLong;

        foreach (var date in span.Dates)
        {
            if (WhyClosed(date) is { } why)
                return ClosedThatDay(date, why);
        }

        var (first, last) = (On(span.Start.Date)!, On(span.LastDate)!);
        if (span.Start < first.On(span.Start.Date).Start || span.Start >= first.On(span.Start.Date).End)
            return OutsideOpeningHours(span.Start.Date, first, "start");
        if (span.End > last.On(span.LastDate).End || span.End < last.On(span.LastDate).Start)
            return OutsideOpeningHours(span.LastDate, last, "end");
        return null;
    }

    /// <summary>The first open day among <paramref name="from"/> itself and the <paramref name="withinDays"/> days after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="withinDays"/> is not in 0 to <see cref="LookAheadDaysMax"/>.
    /// </exception>
    public LocalDate? NextOpenDay(LocalDate from, int withinDays = 30)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(withinDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(withinDays, LookAheadDaysMax);
        for (var days = 0; days <= withinDays && from.Year <= PublicHolidays.YearMax; days++, from = from.PlusDays(1))
        {
            if (WhyClosed(from) is null)
                return from;
        }
        return null;
    }

    private DayHours? OfWeek(LocalDate date)
    {
        foreach (var week in weeks)
        {
            if (week.From <= date)
                return week.Days[(int)date.DayOfWeek];
        }

        return null;
    }

    private static DayHours?[] DaysOf(WeekFrom week)
    {
        var days = new DayHours?[8];
        foreach (var (day, hours) in week.Days)
        {
            if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
                throw new ArgumentException($"{day} is no day of the week.", nameof(week));
            days[(int)day] = hours;
        }

        return days;
    }

    private Refusal ClosedThatDay(LocalDate date, Words why)
    {
        var day = TimeWords.OnDay(date);
        var advice = NextOpenDay(date) is { } open
            ? new Words($"The next open day is {TimeWords.Day(open).English}.", $"Der nächste offene Tag ist {TimeWords.Day(open).German}.")
            : new Words("Choose another day.", "Wählen Sie einen anderen Tag.", "Wähle einen anderen Tag.");
        return new("closed_that_day", new(
            $"Closed on {day.English} ({why.English}). {advice.English}",
            $"Am {day.German}, ist geschlossen ({why.German}). {advice.German}",
            $"Am {day.Familiar}, ist geschlossen ({why.Familiar}). {advice.Familiar}"));
    }

    private Refusal OutsideOpeningHours(LocalDate date, DayHours hours, string field)
    {
        var (day, open) = (TimeWords.OnDay(date), hours.Written);
        var why = SpecialOn(date) is { Reason: var reason } ? new Words($" ({reason.English})", $" ({reason.German})") : new Words("", "");
        return new("outside_opening_hours", new(
            $"Open from {open.English} on {day.English}{why.English}. Choose a time within these hours.",
            $"Am {day.German}, ist von {open.German} geöffnet{why.German}. Wählen Sie eine Zeit innerhalb dieser Öffnungszeiten.",
            $"Am {day.Familiar}, ist von {open.Familiar} geöffnet{why.Familiar}. Wähle eine Zeit innerhalb dieser Öffnungszeiten."))
        { Field = field };
    }

    private static Refusal TooLong { get; } = new("span_too_long", new(
        $"A booking can cover at most {LocalSpan.DatesMax} days. Choose an earlier end.",
        $"Eine Buchung kann höchstens {LocalSpan.DatesMax} Tage umfassen. Wählen Sie ein früheres Ende.",
        $"Eine Buchung kann höchstens {LocalSpan.DatesMax} Tage umfassen. Wähle ein früheres Ende."))
    { Field = "end" };
}
