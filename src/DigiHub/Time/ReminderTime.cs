namespace DigiHub.Time;

/// <summary>
/// Calendar days are counted in the site's zone and fall on a time of day; elapsed hours and minutes are counted as they pass.
/// </summary>
public enum ReminderKind { CalendarDays, Elapsed, ElapsedMinutes }

/// <summary>When to remind: "n days before at hh:mm" on the site's calendar, or "n hours before" (or minutes) as they pass.</summary>
/// <param name="Amount">1 to <see cref="DaysMax"/> days, <see cref="HoursMax"/> hours or <see cref="MinutesMax"/> minutes.</param>
/// <param name="At">For days only.</param>
public sealed record ReminderTime(ReminderKind Kind, int Amount, LocalTime? At = null)
{
    public const int DaysMax = 60;
    public const int HoursMax = 72;

    /// <summary>A week: what a booking may ask for.</summary>
    public const int MinutesMax = 7 * NodaConstants.MinutesPerDay;

    public static ReminderTime Days(int days, LocalTime at) => new(ReminderKind.CalendarDays, days, at);

    public static ReminderTime Hours(int hours) => new(ReminderKind.Elapsed, hours);

    public static ReminderTime Minutes(int minutes) => new(ReminderKind.ElapsedMinutes, minutes);

    /// <summary>A week and a day before at 09:00, and two hours before.</summary>
    public static IReadOnlyList<ReminderTime> Usual { get; } = [Days(7, new(9, 0)), Days(1, new(9, 0)), Hours(2)];

    /// <summary>Within the bounds; days have a time of day, what elapses has none.</summary>
    public bool IsPossible => Kind switch
    {
        ReminderKind.CalendarDays => Amount is >= 1 and <= DaysMax && At is not null,
        ReminderKind.Elapsed => Amount is >= 1 and <= HoursMax && At is null,
        ReminderKind.ElapsedMinutes => Amount is >= 1 and <= MinutesMax && At is null,
        _ => false,
    };

    /// <summary>The number of days for a reminder by days; null for the others.</summary>
    public int? DaysBefore => Kind == ReminderKind.CalendarDays ? Amount : null;

    /// <summary>How long after it was due it still helps.</summary>
    public Duration Grace => Kind == ReminderKind.CalendarDays ? Offsets.DayGrace : Offsets.HourGrace;

    /// <summary>When it reminds of what starts then; quiet hours not looked at.</summary>
    public Instant Due(LocalDateTime start, SiteTime site) => Kind switch
    {
        ReminderKind.CalendarDays => Offsets.DaysBefore(start, site, Amount, At ?? LocalTime.Midnight),
        ReminderKind.Elapsed => Offsets.HoursBefore(site.Shifted(start), Amount),
        _ => site.Shifted(start) - Duration.FromMinutes(Amount),
    };

    /// <summary>"7 days before at 09:00", "7 Tage vorher um 09:00 Uhr".</summary>
    public Words Written => (Kind, Amount) switch
    {
        (ReminderKind.CalendarDays, 1) => new($"1 day before at {Clock}", $"1 Tag vorher um {Clock} Uhr"),
        (ReminderKind.CalendarDays, _) => new($"{Amount} days before at {Clock}", $"{Amount} Tage vorher um {Clock} Uhr"),
        (ReminderKind.ElapsedMinutes, 1) => new("1 minute before", "1 Minute vorher"),
        (ReminderKind.ElapsedMinutes, _) when Amount % NodaConstants.MinutesPerHour == 0 =>
            Hours(Amount / NodaConstants.MinutesPerHour).Written,
        (ReminderKind.ElapsedMinutes, _) => new($"{Amount} minutes before", $"{Amount} Minuten vorher"),
        (_, 1) => new("1 hour before", "1 Stunde vorher"),
        _ => new($"{Amount} hours before", $"{Amount} Stunden vorher"),
    };

    private string Clock => TimeWords.Clock(At ?? LocalTime.Midnight).English;
}
