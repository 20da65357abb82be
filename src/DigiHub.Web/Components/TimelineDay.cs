using DigiHub.Time;

namespace DigiHub.Web.Components;

/// <summary>
/// The half hours of a day at a site, by real time: 48 of them from midnight to midnight, 46 when the clocks go forward, 50 when they go
/// back. The second of a doubled hour is marked "B", as in railway timetables, and cannot be picked as a start: a typed time that
/// comes twice means the earlier.
/// </summary>
public sealed class TimelineDay
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    private TimelineDay(LocalDate date, IReadOnlyList<TimelineColumn> columns) => (Date, All) = (date, columns);

    public LocalDate Date { get; }

    /// <summary>In order, 1 to 50.</summary>
    public IReadOnlyList<TimelineColumn> All { get; }

    /// <summary>The hours of the day the site is open, widened to full half hours; the whole day where there are none to show.</summary>
    /// <param name="open">Opening and closing; closing at midnight is the end of the day.</param>
    public static TimelineDay Of(SiteTime site, LocalDate date, (LocalTime Opens, LocalTime Closes)? open)
    {
        var whole = site.DayOf(date);
        var start = open is { } hours ? site.Shifted(date + Down(hours.Opens)) : whole.Start;
        var end = open is { } until && until.Closes != LocalTime.Midnight ? site.Shifted(date + until.Closes) : whole.End;

        var columns = new List<TimelineColumn>(50);
        LocalTime? last = null;
        var doubled = false;
        for (var at = start; at < end; at += HalfHour)
        {
            var local = at.InZone(site.Zone).TimeOfDay;
            doubled = last is { } before && local <= before || doubled && site.IsAmbiguous(date + local);
            last = local;
            columns.Add(new(at, local, doubled));
        }
        return new(date, columns);
    }

    /// <summary>The columns a span touches, cut to the day's; null when it touches none.</summary>
    public (int From, int Until)? Columns(Span span)
    {
        var (first, end) = (All[0].Start, All[^1].Start + HalfHour);
        if (span.End <= first || span.Start >= end) return null;
        var from = span.Start <= first ? 0 : (int)((span.Start - first) / HalfHour);
        var until = span.End >= end ? All.Count : (int)Math.Ceiling((span.End - first) / HalfHour);
        return (from, until);
    }

    public int PastAt(Instant now) => now < All[0].Start ? 0 : (int)Math.Min(All.Count, Math.Floor((now - All[0].Start) / HalfHour));

    public TimelineNow? NowAt(Instant now)
    {
        var since = now - All[0].Start;
        var column = (int)Math.Floor(since / HalfHour);
        return since < Duration.Zero || column >= All.Count
            ? null
            : new(column, (int)((since - HalfHour * column) / Duration.FromMinutes(5)));
    }

    /// <summary>The column that begins at that time of the day; null for none, and never the second of a doubled hour.</summary>
    public int? ColumnAt(LocalTime time)
    {
        for (var column = 0; column < All.Count; column++)
            if (All[column].Time == time && !All[column].IsSecond) return column;
        return null;
    }

    private static LocalTime Down(LocalTime time) => new(time.Hour, time.Minute < 30 ? 0 : 30);
}

/// <param name="Time">On the site's clock.</param>
/// <param name="IsSecond">The clock shows this time for the second time today.</param>
public readonly record struct TimelineColumn(Instant Start, LocalTime Time, bool IsSecond);
