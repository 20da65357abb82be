using System.Collections.Concurrent;
using System.Globalization;
using NodaTime.TimeZones;

namespace DigiHub.Time;

/// <summary>
/// A site's time zone, and the one policy for changes of the clocks: a typed time that does not exist is
/// refused in words, a computed one moves forward by the gap, and a time that comes twice means the earlier.
/// </summary>
public sealed class SiteTime(DateTimeZone zone)
{
    /// <summary>The years a typed time may lie in: a slip of the finger (year 0027, year 9999) is a refusal, not an overflow.</summary>
    public const int YearMin = 1995, YearMax = 2299;

    /// <summary>
    /// True for a day that can be reckoned with: those just before and after it exist, too, in every calendar and database.
    /// </summary>
    public static bool Reaches(LocalDate day) => day.Year is >= YearMin and <= YearMax;

    /// <summary>The same of an instant, such as the one a list is to go on after: both databases can compare with it.</summary>
    public static bool Reaches(Instant instant) => instant.InUtc().Year is >= YearMin and <= YearMax;

    private static readonly ConcurrentDictionary<string, SiteTime> Known = new(StringComparer.Ordinal);

    /// <param name="ianaId">As in the IANA time zone database, case-sensitive.</param>
    /// <exception cref="DateTimeZoneNotFoundException">No such zone.</exception>
    public static SiteTime Of(string ianaId) =>
        // Only ids that exist are kept, so what callers pass in cannot make the cache grow.
        Known.GetOrAdd(ianaId, static id => new SiteTime(
            DateTimeZoneProviders.Tzdb.Ids.Contains(id)
                ? DateTimeZoneProviders.Tzdb[id]
                : throw new DateTimeZoneNotFoundException($"The IANA time zone database has no zone \"{id}\".")));

    public DateTimeZone Zone { get; } = zone;

    /// <summary>
    /// What a person typed. Refuses with time_does_not_exist (the hour skipped when the clocks go forward) and date_out_of_range
    /// (outside <see cref="YearMin"/> to <see cref="YearMax"/>); a time that comes twice means the earlier.
    /// </summary>
    public Outcome<Instant> Typed(LocalDateTime local)
    {
        if (local.Year is < YearMin or > YearMax)
            return OutOfRange;

        var mapping = Zone.MapLocal(local);
        return mapping.Count == 0 ? DoesNotExist(local, mapping.LateInterval) : mapping.First().ToInstant();
    }

    /// <summary>
    /// What a person typed as a start and an end; the refusal names the field. Refuses as <see cref="Typed(LocalDateTime)"/> does, and
    /// with ends_before_it_starts.
    /// </summary>
    public Outcome<Span> Typed(LocalDateTime start, LocalDateTime end)
    {
        var typed = LocalSpan.Typed(start, end);
        return typed.IsDone ? Typed(typed.Value) : typed.Refusal;
    }

    /// <inheritdoc cref="Typed(LocalDateTime, LocalDateTime)"/>
    public Outcome<Span> Typed(LocalSpan span)
    {
        var start = Typed(span.Start);
        if (!start.IsDone)
            return start.Refusal with { Field = "start" };

        var end = Typed(span.End);
        if (!end.IsDone)
            return end.Refusal with { Field = "end" };

        // Local order is kept wherever both times exist, unless a zone skips an hour and then repeats that very hour.
        return start.Value < end.Value ? new Span(start.Value, end.Value) : LocalSpan.EndsBeforeItStarts;
    }

    /// <summary>A computed time (recurrences, reminders): a time that does not exist moves forward by the gap (02:30 becomes 03:30),
    /// one that comes twice means the earlier.</summary>
    public Instant Shifted(LocalDateTime local) => Zone.ResolveLocal(local, EarlierOrForward).ToInstant();

    /// <summary>
    /// A computed start and end as the clock then shows them: each that does not exist moves forward by the gap, and an end that would not
    /// be after its start any more moves with it.
    /// </summary>
    public LocalSpan Shifted(LocalSpan span)
    {
        var (start, end) = (Local(Shifted(span.Start)), Local(Shifted(span.End)));
        return new(start, start < end ? end : start + (span.End - span.Start));
    }

    // The same as NodaTime's lenient resolver today; spelled out so that it does not depend on the library's default.
    private static readonly ZoneLocalMappingResolver EarlierOrForward =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    public LocalDateTime Local(Instant instant) => instant.InZone(Zone).LocalDateTime;

    public LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    /// <summary>The whole local day, 23, 24 or 25 hours long; it begins later where midnight itself is skipped.</summary>
    public Span DayOf(LocalDate date) =>
        new(Zone.AtStartOfDay(date).ToInstant(), Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());

    /// <summary>True for a time that comes twice because the clocks go back.</summary>
    public bool IsAmbiguous(LocalDateTime local) => Zone.MapLocal(local).Count == 2;

    /// <summary>False for a time that is skipped because the clocks go forward.</summary>
    public bool Exists(LocalDateTime local) => Zone.MapLocal(local).Count > 0;

    private static Refusal DoesNotExist(LocalDateTime local, ZoneInterval afterTheGap)
    {
        var (time, day) = (TimeWords.Clock(local.TimeOfDay), TimeWords.Date(local.Date));
        var next = afterTheGap.IsoLocalStart;
        var (nextTime, nextDay) = (TimeWords.Clock(next.TimeOfDay), TimeWords.Date(next.Date));
        // Berlin's gap lies within one night; a gap that ends on another day must name it.
        var (on, am) = next.Date == local.Date ? ("", "") : ($" on {nextDay.English}", $" am {nextDay.German}");

        return new("time_does_not_exist", new(
            $"{time.English} on {day.English} doesn’t exist: the clocks go forward. Choose {nextTime.English}{on} or later.",
            $"{time.German} Uhr am {day.German} gibt es nicht: Die Uhren werden vorgestellt. "
                + $"Wählen Sie {nextTime.German} Uhr{am} oder später.",
            $"{time.Familiar} Uhr am {day.Familiar} gibt es nicht: Die Uhren werden vorgestellt. Wähle {nextTime.Familiar} Uhr{am} oder "
                + "später."));
    }

    internal static Refusal OutOfRange { get; } = new("date_out_of_range", new(
        $"Enter a year from {YearMin} to {YearMax}.", $"Geben Sie ein Jahr von {YearMin} bis {YearMax} an.",
        $"Gib ein Jahr von {YearMin} bis {YearMax} an."));
}
