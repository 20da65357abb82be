using DigiHub.Time;

namespace DigiHub.Web.Account;

/// <summary>When something happened to an account, in the hub's own zone: both sites are in Berlin.</summary>
internal static class DateWords
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>"23 November 2026".</summary>
    public static string Of(Instant at) => TimeWords.Date(at.InZone(Zone).Date).Here;

    public static LocalDate DayOf(Instant at) => at.InZone(Zone).Date;

    /// <summary>"23 November 2026, 09:00 (Berlin)".</summary>
    public static string TimeOf(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        return $"{TimeWords.Date(local.Date).Here}, {TimeWords.Clock(local.TimeOfDay).Here} (Berlin)";
    }
}
