using System.Globalization;
using CsCheck;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Tests.Time;

/// <summary>The zone both sites are in, and times as a table of cases can write them.</summary>
internal static class Berlin
{
    public static readonly SiteTime Time = SiteTime.Of("Europe/Berlin");

    /// <summary>The days of 2026 to 2030 on which Berlin's clocks change: last Sunday of March and of October.</summary>
    public static readonly LocalDate[] ChangeDays =
    [
        new(2026, 3, 29), new(2026, 10, 25), new(2027, 3, 28), new(2027, 10, 31), new(2028, 3, 26),
        new(2028, 10, 29), new(2029, 3, 25), new(2029, 10, 28), new(2030, 3, 31), new(2030, 10, 27),
    ];

    public static readonly Gen<LocalDate> AnyChangeDay = Gen.Int[0, ChangeDays.Length - 1].Select(index => ChangeDays[index]);

    public static LocalDateTime At(string local) =>
        LocalDateTimePattern.Create("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture).Parse(local).Value;

    public static LocalDate Day(string date) => LocalDatePattern.Iso.Parse(date).Value;

    public static LocalTime Clock(string time) =>
        LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture).Parse(time).Value;

    public static Instant Utc(string instant) =>
        InstantPattern.Create("uuuu-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture).Parse(instant).Value;
}
