using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Web.Api;

/// <summary>
/// The one form of times and dates in the API: ISO 8601, shown with seconds and read with or without them, in the years that
/// <see cref="SiteTime"/> reckons with.
/// </summary>
public static class ApiTimes
{
    private static readonly LocalTimePattern time = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly LocalTimePattern shortTime = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern dateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");
    private static readonly LocalDateTimePattern shortDateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static Words DateExpected { get; } = new(
        $"a date such as 2026-11-23, in the years {SiteTime.YearMin} to {SiteTime.YearMax}",
        $"ein Datum wie 2026-11-23, in den Jahren {SiteTime.YearMin} bis {SiteTime.YearMax}");

    public static Words TimeExpected { get; } = new("a time of day such as 09:00 or 09:00:00", "eine Uhrzeit wie 09:00 oder 09:00:00");

    public static Words DateTimeExpected { get; } = new(
        $"a time on the site’s clock such as 2026-11-23T09:00, without an offset, in the years {SiteTime.YearMin} to {SiteTime.YearMax}",
        $"eine Ortszeit wie 2026-11-23T09:00, ohne Zeitzone, in den Jahren {SiteTime.YearMin} bis {SiteTime.YearMax}");

    public static LocalDate? Date(string text) => Read(LocalDatePattern.Iso, text) is { } read && SiteTime.Reaches(read) ? read : null;

    public static LocalTime? Time(string text) => Read(time, text) ?? Read(shortTime, text);

    public static LocalDateTime? DateTime(string text) =>
        (Read(dateTime, text) ?? Read(shortDateTime, text)) is { } read && SiteTime.Reaches(read.Date) ? read : null;

    public static string Text(LocalTime value) => time.Format(value);

    public static string Text(LocalDateTime value) => dateTime.Format(value);

    private static T? Read<T>(IPattern<T> pattern, string text)
        where T : struct
    {
        var parsed = pattern.Parse(text);
        return parsed.Success ? parsed.Value : null;
    }
}
