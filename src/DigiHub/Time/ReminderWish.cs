namespace DigiHub.Time;

/// <summary>When somebody wants to be reminded of a booking: so long before it, at a time of the day before, both, or not at all.</summary>
/// <param name="MinutesBefore">1 to <see cref="ReminderTime.MinutesMax"/>; null for none.</param>
/// <param name="DayBeforeAt">On the site's clock; null for none.</param>
public sealed record ReminderWish(int? MinutesBefore, LocalTime? DayBeforeAt)
{
    public static ReminderWish None { get; } = new(null, null);

    public bool IsPossible => Times.All(time => time.IsPossible);

    public IEnumerable<ReminderTime> Times
    {
        get
        {
            if (DayBeforeAt is { } at)
                yield return ReminderTime.Days(1, at);
            if (MinutesBefore is { } minutes)
                yield return ReminderTime.Minutes(minutes);
        }
    }
}
