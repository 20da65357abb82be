namespace DigiHub.Time;

/// <summary>
/// When a reminder is due. "n days before at hh:mm" counts days on the site's calendar, so 09:00 stays 09:00 when the clocks change
/// in between; "n hours before" counts real hours, so 2 hours are 2 hours in the night they change.
/// </summary>
public static class Offsets
{
    /// <summary>Bounds of the two kinds, both inclusive; 0 is the day or the moment of the start.</summary>
    public const int DaysMax = 365, HoursMax = 365 * 24;

    /// <summary>How long after it was due a reminder by days still helps; later it is skipped as stale.</summary>
    public static readonly Duration DayGrace = Duration.FromHours(24);

    /// <summary>How long after it was due a reminder by hours still helps; later it is skipped as stale.</summary>
    public static readonly Duration HourGrace = Duration.FromHours(6);

    /// <summary>
    /// <paramref name="days"/> calendar days before the day of the start, at <paramref name="at"/> on the site's clock. With 0 days this
    /// may lie after the start; <see cref="NotAfter"/> is then before it is due, and nothing is sent.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is not in 0 to <see cref="DaysMax"/>.</exception>
    public static Instant DaysBefore(LocalDateTime start, SiteTime site, int days, LocalTime at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        return site.Shifted(start.Date.PlusDays(-days) + at);
    }

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hours"/> is not in 0 to <see cref="HoursMax"/>.</exception>
    public static Instant HoursBefore(Instant start, int hours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hours, HoursMax);
        return start - Duration.FromHours(hours);
    }

    /// <summary>
    /// The last instant at which a reminder may leave: the start itself, or the grace after it was due, whichever comes first.
    /// </summary>
    public static Instant NotAfter(Instant due, Instant start, Duration grace) => Instant.Min(start, due + grace);
}
