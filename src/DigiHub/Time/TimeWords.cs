using System.Globalization;

namespace DigiHub.Time;

/// <summary>
/// How dates and times are written in both languages: 24-hour clock, two-digit hours, days named. The names stand here and not in the
/// culture data of the machine, because that differs between versions of ICU ("Sep", "Sept") and the hub's notifications should not.
/// </summary>
public static class TimeWords
{
    private static readonly Words[] Days =
    [
        new("Monday", "Montag"), new("Tuesday", "Dienstag"), new("Wednesday", "Mittwoch"), new("Thursday", "Donnerstag"),
        new("Friday", "Freitag"), new("Saturday", "Samstag"), new("Sunday", "Sonntag"),
    ];

    private static readonly Words[] Months =
    [
        new("January", "Januar"), new("February", "Februar"), new("March", "März"), new("April", "April"),
        new("May", "Mai"), new("June", "Juni"), new("July", "Juli"), new("August", "August"),
        new("September", "September"), new("October", "Oktober"), new("November", "November"), new("December", "Dezember"),
    ];

    /// <summary>"Monday", "Montag".</summary>
    public static Words DayName(IsoDayOfWeek day) => Days[(int)day - 1];

    /// <summary>"November", "November"; 1 is January.</summary>
    public static Words MonthName(int month) => Months[month - 1];

    /// <summary>"23 November 2026", "23. November 2026".</summary>
    public static Words Date(LocalDate date)
    {
        var month = MonthName(date.Month);
        return new(
            Invariant($"{date.Day} {month.English} {date.Year}"),
            Invariant($"{date.Day}. {month.German} {date.Year}"));
    }

    /// <summary>"Monday 23 November 2026", "Montag, 23. November 2026".</summary>
    public static Words Day(LocalDate date)
    {
        var (day, written) = (DayName(date.DayOfWeek), Date(date));
        return new($"{day.English} {written.English}", $"{day.German}, {written.German}");
    }

    /// <summary>
    /// As <see cref="Day"/> after "on" and "am": "Monday 23 November 2026", "Montag, dem 23. November 2026". In the middle of a German
    /// sentence a comma follows.
    /// </summary>
    public static Words OnDay(LocalDate date)
    {
        var (day, written) = (DayName(date.DayOfWeek), Date(date));
        return new($"{day.English} {written.English}", $"{day.German}, dem {written.German}");
    }

    /// <summary>"Mon 23 Nov", "Mo 23.11.", for tables and timelines that name the year elsewhere.</summary>
    public static Words ShortDay(LocalDate date)
    {
        var (day, month) = (DayName(date.DayOfWeek), MonthName(date.Month));
        return new(
            Invariant($"{day.English[..3]} {date.Day} {month.English[..3]}"),
            Invariant($"{day.German[..2]} {date.Day:00}.{date.Month:00}."));
    }

    /// <summary>"14:00", without the German "Uhr": the sentence around it says it once. Seconds are not shown.</summary>
    public static Words Clock(LocalTime time)
    {
        var written = Invariant($"{time.Hour:00}:{time.Minute:00}");
        return new(written, written);
    }

    /// <summary>As <see cref="Clock"/> for a time that ends something: midnight is "24:00", the end of the day.</summary>
    public static Words ClockUntil(LocalTime until) =>
        until == LocalTime.Midnight ? new("24:00", "24:00") : Clock(until);

    /// <summary>"08:00 to 20:00", "08:00 bis 20:00 Uhr".</summary>
    public static Words Hours(LocalTime from, LocalTime until)
    {
        var (start, end) = (Clock(from), ClockUntil(until));
        return new($"{start.English} to {end.English}", $"{start.German} bis {end.German} Uhr");
    }

    /// <summary>
    /// "Monday 23 November 2026, 09:00 to 11:00", "Montag, 23. November 2026, 09:00 bis 11:00 Uhr"; both days are named where there are
    /// two, and a single day from midnight to midnight is "all day", "ganztägig".
    /// </summary>
    public static Words Span(LocalSpan span)
    {
        var (from, until) = (span.Start.TimeOfDay, span.End.TimeOfDay);
        var day = Day(span.Start.Date);
        if (span.IsWithinOneDay)
        {
            var hours = from == LocalTime.Midnight && until == LocalTime.Midnight ? new("all day", "ganztägig") : Hours(from, until);
            return new($"{day.English}, {hours.English}", $"{day.German}, {hours.German}");
        }

        var (start, end, lastDay) = (Clock(from), ClockUntil(until), Day(span.LastDate));
        return new(
            $"{day.English}, {start.English} to {lastDay.English}, {end.English}",
            $"{day.German}, {start.German} Uhr bis {lastDay.German}, {end.German} Uhr");
    }

    /// <summary>"Monday 23 November 2026, 09:00", "Montag, 23. November 2026, 09:00 Uhr".</summary>
    public static Words Moment(LocalDateTime at)
    {
        var (day, time) = (Day(at.Date), Clock(at.TimeOfDay));
        return new($"{day.English}, {time.English}", $"{day.German}, {time.German} Uhr");
    }

    /// <summary>
    /// "1 h 30 min", "1 Std. 30 Min."; whole days of 24 hours as "2 days", "2 Tage"; parts of a minute are left out, and less than one is
    /// "under 1 min", "unter 1 Min.".
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static Words Length(Duration length)
    {
        if (length < Duration.Zero)
            throw new ArgumentOutOfRangeException(nameof(length), length, "A length cannot be negative.");
        if (length == Duration.Zero)
            return new("0 min", "0 Min.");
        if (length < Duration.FromMinutes(1))
            return new("under 1 min", "unter 1 Min.");

        var minutes = (long)length.TotalMinutes;
        if (minutes % NodaConstants.MinutesPerDay == 0)
            return Counted(minutes / NodaConstants.MinutesPerDay, new("day", "Tag"), new("days", "Tage"));

        var (hours, rest) = Math.DivRem(minutes, NodaConstants.MinutesPerHour);
        return (hours, rest) switch
        {
            (0, _) => new(Invariant($"{rest} min"), Invariant($"{rest} Min.")),
            (_, 0) => new(Invariant($"{hours} h"), Invariant($"{hours} Std.")),
            _ => new(Invariant($"{hours} h {rest} min"), Invariant($"{hours} Std. {rest} Min.")),
        };
    }

    private static Words Counted(long count, Words one, Words many) => count == 1
        ? new($"1 {one.English}", $"1 {one.German}")
        : new(Invariant($"{count} {many.English}"), Invariant($"{count} {many.German}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
