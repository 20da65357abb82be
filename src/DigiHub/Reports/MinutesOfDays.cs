using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Reports;

/// <summary>The open minutes of one site day by day, and which of them a span of local times takes.</summary>
internal sealed class MinutesOfDays(SiteContext place, LocalDate from, LocalDate until)
{
    private const int Midnight = 24 * 60;

    private readonly (int Opens, int Closes)?[] days =
        [.. Enumerable.Range(0, Period.DaysBetween(from, until)).Select(day => Open(place.Hours.On(from.PlusDays(day))))];

    /// <summary>The days on which the site is open, with their minutes from opening to closing.</summary>
    public IEnumerable<(LocalDate Date, int Opens, int Closes)> Open()
    {
        for (var day = 0; day < days.Length; day++)
        {
            if (days[day] is var (opens, closes))
                yield return (from.PlusDays(day), opens, closes);
        }
    }

    /// <summary>What of the span lies within the opening hours and the period.</summary>
    public IEnumerable<(LocalDate Date, int From, int Until)> Of(LocalDateTime start, LocalDateTime end)
    {
        var (first, last) = (LocalDate.Max(start.Date, from), LocalDate.Min(end.Date, until.PlusDays(-1)));
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (days[Period.DaysBetween(from, date)] is not var (opens, closes))
                continue;
            var begins = Math.Max(opens, start.Date < date ? 0 : MinuteOf(start.TimeOfDay));
            var ends = Math.Min(closes, end.Date > date ? Midnight : MinuteOf(end.TimeOfDay));
            if (begins < ends)
                yield return (date, begins, ends);
        }
    }

    /// <summary>The same by the hours that it touches.</summary>
    public static IEnumerable<(int Hour, int Minutes)> ByHour(int from, int until)
    {
        for (var hour = from / 60; hour * 60 < until; hour++)
            yield return (hour, Math.Min(until, (hour + 1) * 60) - Math.Max(from, hour * 60));
    }

    private static (int, int)? Open(DayHours? hours) => hours is null ? null
        : (MinuteOf(hours.Opens), hours.Closes == LocalTime.Midnight ? Midnight : MinuteOf(hours.Closes));

    private static int MinuteOf(LocalTime time) => time.Hour * 60 + time.Minute;
}
