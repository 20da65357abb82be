using DigiHub.Spaces;

namespace DigiHub.Bookings.Waiting;

/// <summary>How long what has become free is held for the one who waits.</summary>
public static class OfferTime
{
    public static readonly Duration Usual = Duration.FromMinutes(20);

    /// <summary>However soon it begins.</summary>
    public static readonly Duration Least = Duration.FromMinutes(5);

    private static readonly LocalTime dayFrom = new(7, 0);
    private static readonly LocalTime dayUntil = new(21, 0);
    private static readonly LocalTime nightUntil = new(8, 0);

    /// <summary>
    /// Twenty minutes; less where it begins sooner, five at least. From 21 to 7 o’clock at the site nobody has to answer: then until 8, or
    /// its start if that is sooner.
    /// </summary>
    /// <param name="start">Of what is offered, or when it can last be booked, if that is earlier.</param>
    public static Instant Until(SiteContext place, Instant start, Instant now)
    {
        var until = now + Usual;
        var (offered, ends) = (place.Time.Local(now).TimeOfDay, place.Time.Local(until).TimeOfDay);
        if (offered >= dayUntil || offered < dayFrom || ends > dayUntil || ends < dayFrom)
            until = Morning(place, now);
        return Instant.Max(Instant.Min(until, start), now + Least);
    }

    private static Instant Morning(SiteContext place, Instant now)
    {
        var local = place.Time.Local(now);
        return place.Time.Shifted((local.TimeOfDay < nightUntil ? local.Date : local.Date.PlusDays(1)) + nightUntil);
    }
}
