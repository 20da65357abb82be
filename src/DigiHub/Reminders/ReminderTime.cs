namespace DigiHub.Reminders;

/// <summary>When to remind: "n days before at hh:mm" on the site's calendar, or "n hours before" as they pass.</summary>
/// <param name="Amount">1 to <see cref="ReminderRule.DaysMax"/> days or <see cref="ReminderRule.HoursMax"/> hours.</param>
/// <param name="At">For days only.</param>
public sealed record ReminderTime(ReminderKind Kind, int Amount, LocalTime? At = null)
{
    public static ReminderTime Days(int days, LocalTime at) => new(ReminderKind.CalendarDays, days, at);

    public static ReminderTime Hours(int hours) => new(ReminderKind.Elapsed, hours);

    /// <summary>A week and a day before at 09:00, and two hours before.</summary>
    public static IReadOnlyList<ReminderTime> Usual { get; } = [Days(7, new(9, 0)), Days(1, new(9, 0)), Hours(2)];

    /// <summary>Within the bounds; days have a time of day, hours have none.</summary>
    public bool IsPossible => Kind switch
    {
        ReminderKind.CalendarDays => Amount is >= 1 and <= ReminderRule.DaysMax && At is not null,
        ReminderKind.Elapsed => Amount is >= 1 and <= ReminderRule.HoursMax && At is null,
        _ => false,
    };

    /// <summary>"7 days before at 09:00", "7 Tage vorher um 09:00 Uhr".</summary>
    public Words Written => (Kind, Amount) switch
    {
        (ReminderKind.CalendarDays, 1) => new($"1 day before at {Clock}", $"1 Tag vorher um {Clock} Uhr"),
        (ReminderKind.CalendarDays, _) => new($"{Amount} days before at {Clock}", $"{Amount} Tage vorher um {Clock} Uhr"),
        (_, 1) => new("1 hour before", "1 Stunde vorher"),
        _ => new($"{Amount} hours before", $"{Amount} Stunden vorher"),
    };

    private string Clock => Time.TimeWords.Clock(At ?? LocalTime.Midnight).English;
}
