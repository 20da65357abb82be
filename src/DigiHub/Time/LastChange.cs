namespace DigiHub.Time;

/// <summary>
/// When a thing was last changed, as calendars are told (RFC 5545 3.8.7): it rises by a second at least with each change and never falls,
/// whatever the clock does or an act takes back. Whole seconds, for iCalendar knows no smaller ones.
/// </summary>
internal static class LastChange
{
    private static readonly Duration second = Duration.FromSeconds(1);

    public static Instant After(Instant before, Instant now) =>
        Instant.Max(Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), Instant.FromUnixTimeSeconds(before.ToUnixTimeSeconds()) + second);
}
