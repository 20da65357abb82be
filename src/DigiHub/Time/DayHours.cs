namespace DigiHub.Time;

public enum DayHalf { Morning, Afternoon }

/// <summary>
/// The hours a site is open on one day, from <see cref="Opens"/> until, but not at,
/// <see cref="Closes"/>, which comes later on the same day.
/// </summary>
public sealed record DayHours
{
    // Where both halves of the day are worth having: after lunch.
    private static readonly LocalTime Noonish = new(13, 0);

    /// <param name="closes">Midnight means the end of the day, so midnight to midnight is open all day.</param>
    /// <exception cref="ArgumentException"><paramref name="opens"/> is not before <paramref name="closes"/>.</exception>
    public DayHours(LocalTime opens, LocalTime closes)
    {
        if (closes != LocalTime.Midnight && opens >= closes)
            throw new ArgumentException(
                $"A day must open before it closes, not open at {opens:HH:mm:ss} and close at {closes:HH:mm:ss}.", nameof(closes));
        Opens = opens;
        Closes = closes;
    }

    public LocalTime Opens { get; }

    /// <summary>Midnight is the end of the day.</summary>
    public LocalTime Closes { get; }

    public LocalSpan On(LocalDate date) => LocalSpan.On(date, Opens, Closes);

    public LocalSpan Half(LocalDate date, DayHalf half) => half switch
    {
        DayHalf.Morning => Morning(date),
        DayHalf.Afternoon => Afternoon(date),
        _ => throw new ArgumentOutOfRangeException(nameof(half), half, "A day has two halves."),
    };

    /// <summary>From opening until 13:00, or until the middle of the hours where 13:00 is not inside them.</summary>
    public LocalSpan Morning(LocalDate date) => LocalSpan.On(date, Opens, Middle);

    /// <summary>From where the morning ends until closing.</summary>
    public LocalSpan Afternoon(LocalDate date) => LocalSpan.On(date, Middle, Closes);

    /// <summary>"08:00 to 20:00", "08:00 bis 20:00 Uhr".</summary>
    public Words Written => TimeWords.Hours(Opens, Closes);

    private LocalTime Middle
    {
        get
        {
            if (Opens < Noonish && (Closes > Noonish || Closes == LocalTime.Midnight))
                return Noonish;

            var ends = Closes == LocalTime.Midnight ? NodaConstants.TicksPerDay : Closes.TickOfDay;
            var middle = LocalTime.FromTicksSinceMidnight((Opens.TickOfDay + ends) / 2);
            // A middle like 10:07:30 is nobody's time: the quarter of an hour before it is, as long as it is still inside.
            var quarter = new LocalTime(middle.Hour, middle.Minute / 15 * 15);
            return quarter > Opens ? quarter : middle;
        }
    }
}
