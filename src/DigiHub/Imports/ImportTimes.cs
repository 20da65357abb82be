using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Imports;

/// <summary>
/// Times as tables have them: as our export writes them, ISO 8601, German, and with an offset, which is the site's time at that moment.
/// Never the American order of month and day, which nobody could tell from the British one.
/// </summary>
internal static class ImportTimes
{
    private static readonly LocalDateTimePattern minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    private static readonly LocalDateTimePattern second = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private static readonly LocalDateTimePattern[] moments =
    [
        minute, second, .. new[]
        {
            "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "d.M.uuuu H:mm", "d.M.uuuu H:mm:ss", "d.M.uuuu, H:mm", "uuuu/M/d H:mm",
        }.Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

    private static readonly LocalDatePattern[] dates =
        [.. new[] { "uuuu-MM-dd", "d.M.uuuu", "uuuu/M/d" }.Select(LocalDatePattern.CreateWithInvariantCulture)];

    private static readonly LocalTimePattern[] times =
        [.. new[] { "H:mm", "H:mm:ss" }.Select(LocalTimePattern.CreateWithInvariantCulture)];

    /// <summary>The one form in which a time is compared and kept.</summary>
    public static string Write(LocalDateTime time) => (time.Second == 0 ? minute : second).Format(time);

    /// <summary>As <see cref="Write"/> wrote it.</summary>
    public static LocalDateTime Kept(string written) => Read(written, minute, second)!.Value;

    /// <param name="date">In a column of its own; then a time of the day is enough.</param>
    public static LocalDateTime? Read(string typed, string? date, SiteTime time)
    {
        if (date is not null && Day(date) is { } day && Clock(typed) is { } clock)
            return day + clock;
        if (Read(typed, moments) is { } local)
            return local;
        return OffsetDateTimePattern.ExtendedIso.Parse(typed) is { Success: true, Value: var moment }
            && SiteTime.Reaches(moment.ToInstant()) ? time.Local(moment.ToInstant()) : null;
    }

    private static LocalDate? Day(string typed)
    {
        foreach (var pattern in dates)
            if (pattern.Parse(typed) is { Success: true, Value: var day })
                return day;
        return null;
    }

    private static LocalTime? Clock(string typed)
    {
        foreach (var pattern in times)
            if (pattern.Parse(typed) is { Success: true, Value: var clock })
                return clock;
        return null;
    }

    private static LocalDateTime? Read(string typed, params ReadOnlySpan<LocalDateTimePattern> patterns)
    {
        foreach (var pattern in patterns)
            if (pattern.Parse(typed) is { Success: true, Value: var local })
                return local;
        return null;
    }
}
