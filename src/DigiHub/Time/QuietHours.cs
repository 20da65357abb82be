namespace DigiHub.Time;

/// <summary>
/// The hours in which no notification leaves that can wait, from <see cref="From"/> until, but not at, <see cref="Until"/> on the site's
/// clock; over midnight where From is the later. Alike means none.
/// </summary>
public sealed record QuietHours(LocalTime From, LocalTime Until)
{
    private static readonly Duration minute = Duration.FromMinutes(1);

    // The clocks of some zones jump; an hour or so is looked around for an open minute, never more.
    private const int LookBackMinutesMax = 180;

    public static QuietHours None { get; } = new(LocalTime.Midnight, LocalTime.Midnight);

    /// <summary>21:00 to 07:00.</summary>
    public static QuietHours Usual { get; } = new(new(21, 0), new(7, 0));

    public bool Include(Instant instant, SiteTime site) => Include(site.Local(instant).TimeOfDay);

    /// <summary>
    /// When something due then leaves: as it is due outside the quiet hours; else when they end, or, if that would not be before
    /// <paramref name="notAfter"/>, in the last minute before they began.
    /// </summary>
    public Instant Move(Instant due, Instant? notAfter, SiteTime site) =>
        !Include(due, site) ? due : Wait(due, notAfter, site) ?? LastOpenBefore(due, site);

    /// <summary>Until when something has to wait that would leave now; null: it may leave, or waiting would be too late for it.</summary>
    public Instant? Wait(Instant now, Instant? notAfter, SiteTime site) =>
        Include(now, site) && EndAfter(now, site) is var end && !(end >= notAfter) ? end : null;

    private bool Include(LocalTime time) => From <= Until ? From <= time && time < Until : From <= time || time < Until;

    private Instant EndAfter(Instant quiet, SiteTime site)
    {
        var local = site.Local(quiet);
        var end = (local.TimeOfDay < Until ? local.Date : local.Date.PlusDays(1)) + Until;
        var instant = site.Shifted(end);
        // In the hour that comes twice the first end may be over, and it is quiet once more.
        return instant > quiet ? instant : site.Zone.MapLocal(end).Last().ToInstant();
    }

    private Instant LastOpenBefore(Instant quiet, SiteTime site)
    {
        var local = site.Local(quiet);
        var begin = (local.TimeOfDay >= From ? local.Date : local.Date.PlusDays(-1)) + From;
        var open = Instant.Min(site.Shifted(begin), quiet) - minute;
        for (var steps = 0; Include(open, site) && steps < LookBackMinutesMax; steps++)
            open -= minute;
        return open;
    }
}
