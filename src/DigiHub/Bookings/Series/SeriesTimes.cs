using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Series;

/// <summary>The time of day of a series, on the clock of its site: from one time until another, or a part of the day.</summary>
public sealed record SeriesTimes
{
    private SeriesTimes(LocalTime? start, LocalTime? end, DayPart? part) => (Start, End, Part) = (start, end, part);

    public LocalTime? Start { get; }

    /// <summary>Midnight is the end of the day.</summary>
    public LocalTime? End { get; }

    /// <summary>Its times depend on the opening hours of each date; null for times by the clock.</summary>
    public DayPart? Part { get; }

    public static SeriesTimes Between(LocalTime start, LocalTime end) => new(start, end, part: null);

    public static SeriesTimes OfDay(DayPart part = DayPart.Day) => new(start: null, end: null, part);

    /// <summary>
    /// On one date, as the clock then shows it: a time that does not exist moves forward by the gap. Refuses with ends_before_it_starts and
    /// as <see cref="When.At"/> does.
    /// </summary>
    public Outcome<LocalSpan> On(LocalDate date, SiteContext place)
    {
        if (Part is { } part)
            return When.On(date, part).At(place);
        var (start, end) = (Start!.Value, End!.Value);
        if (end != LocalTime.Midnight && end <= start)
            return LocalSpan.EndsBeforeItStarts;
        return place.Time.Shifted(LocalSpan.On(date, start, end));
    }
}
