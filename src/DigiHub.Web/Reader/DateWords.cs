using DigiHub.Time;

namespace DigiHub.Web.Reader;

/// <summary>
/// When something happened, where no site says by which clock: in the hub's own zone (the setting Zone). Handed to every page as
/// "DateWords".
/// </summary>
public sealed class DateWords(DateTimeZone zone)
{
    private readonly string place = zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public DateTimeZone Zone { get; } = zone;

    /// <summary>"23 November 2026".</summary>
    public string Of(Instant at) => TimeWords.Date(DayOf(at)).Here;

    public LocalDate DayOf(Instant at) => at.InZone(Zone).Date;

    public Instant StartOf(LocalDate day) => day.AtStartOfDayInZone(Zone).ToInstant();

    /// <summary>"23 November 2026, 09:00 (Berlin)", "23. November 2026, 09:00 Uhr (Berlin)".</summary>
    public string TimeOf(Instant at)
    {
        var local = at.InZone(Zone).LocalDateTime;
        var clock = TimeWords.Clock(local.TimeOfDay);
        return $"{TimeWords.Date(local.Date).Here}, {new Words(clock.English, $"{clock.German} Uhr").Here} ({place})";
    }
}
