using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime.Text;

namespace DigiHub.Data.Conversions;

/// <summary>
/// How SQLite keeps NodaTime's values, so that they sort and compare in SQL as they do in time: instants and durations as
/// whole microseconds (PostgreSQL's own precision), local values as ISO text of fixed width.
/// </summary>
internal static class SqliteTimes
{
    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Instant>().HaveConversion<InstantAsMicroseconds>();
        conventions.Properties<Duration>().HaveConversion<DurationAsMicroseconds>();
        conventions.Properties<LocalDate>().HaveConversion<LocalDateAsText>();
        conventions.Properties<LocalTime>().HaveConversion<LocalTimeAsText>();
        conventions.Properties<LocalDateTime>().HaveConversion<LocalDateTimeAsText>();
    }

    private const int TicksPerMicrosecond = 10;

    public static long Microseconds(Instant instant) => instant.ToUnixTimeTicks() / TicksPerMicrosecond;

    private sealed class InstantAsMicroseconds() : ValueConverter<Instant, long>(
        instant => Microseconds(instant),
        microseconds => Instant.FromUnixTimeTicks(microseconds * TicksPerMicrosecond));

    private sealed class DurationAsMicroseconds() : ValueConverter<Duration, long>(
        duration => duration.BclCompatibleTicks / TicksPerMicrosecond,
        microseconds => Duration.FromTicks(microseconds * TicksPerMicrosecond));

    private sealed class LocalDateAsText() : ValueConverter<LocalDate, string>(
        date => LocalDatePattern.Iso.Format(date),
        text => LocalDatePattern.Iso.Parse(text).Value);

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm:ss");

    private sealed class LocalTimeAsText() : ValueConverter<LocalTime, string>(
        time => Clock.Format(time),
        text => Clock.Parse(text).Value);

    private sealed class LocalDateTimeAsText() : ValueConverter<LocalDateTime, string>(
        local => Local.Format(local),
        text => Local.Parse(text).Value);
}
