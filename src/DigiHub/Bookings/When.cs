using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A part of a site's opening hours; morning and afternoon meet where DayHours says.</summary>
public enum DayPart { Day, Morning, Afternoon }

/// <summary>
/// When somebody wants a space, as they say it: by the clock, or as part of a day or whole days, whose times depend on the
/// site's opening hours.
/// </summary>
public abstract record When
{
    private When()
    {
    }

    /// <summary>From one time on the site's clock until, but not at, another.</summary>
    public static When Between(LocalDateTime start, LocalDateTime end) => new Times(start, end);

    /// <summary>From the minute that runs: for somebody who is there.</summary>
    public static When FromNow(Instant now, LocalDateTime end) => new Running(now, end);

    /// <summary>It begins at once, wherever the grid of the rules lies.</summary>
    public bool IsFromNow => this is Running;

    public static When On(LocalDate day, DayPart part = DayPart.Day) => new PartOfDay(day, part);

    /// <summary>From the opening of the first day to the closing of the last, both included.</summary>
    public static When Days(LocalDate first, LocalDate last) => new WholeDays(first, last);

    /// <summary>
    /// The times at this site. Refuses with ends_before_it_starts, closed_that_day and date_out_of_range; whether the times
    /// may be booked is not asked here but by <see cref="BookingRules"/>.
    /// </summary>
    public abstract Outcome<LocalSpan> At(SiteContext place);

    private static Outcome<DayHours> Hours(SiteContext place, LocalDate day)
    {
        // Uses noon for the day: it always exists, since clocks change at night.
        if (place.Time.Typed(day + LocalTime.Noon).Refusal is { } outOfRange)
            return outOfRange;
        return place.Hours.On(day) is { } hours ? hours : place.Hours.Check(LocalSpan.WholeDay(day))!;
    }

    private sealed record Times(LocalDateTime Start, LocalDateTime End) : When
    {
        public override Outcome<LocalSpan> At(SiteContext place) => LocalSpan.Typed(Start, End);
    }

    private sealed record Running(Instant Now, LocalDateTime End) : When
    {
        public override Outcome<LocalSpan> At(SiteContext place)
        {
            var now = place.Time.Local(Now);
            return LocalSpan.Typed(now.Date + new LocalTime(now.Hour, now.Minute), End);
        }
    }

    private sealed record PartOfDay(LocalDate Day, DayPart Part) : When
    {
        public override Outcome<LocalSpan> At(SiteContext place)
        {
            var hours = Hours(place, Day);
            if (!hours.IsDone)
                return hours.Refusal with { Field = "day" };
            return Part switch
            {
                DayPart.Morning => hours.Value.Morning(Day),
                DayPart.Afternoon => hours.Value.Afternoon(Day),
                _ => hours.Value.On(Day),
            };
        }
    }

    private sealed record WholeDays(LocalDate First, LocalDate Last) : When
    {
        public override Outcome<LocalSpan> At(SiteContext place)
        {
            var first = Hours(place, First);
            if (!first.IsDone)
                return first.Refusal with { Field = "start" };
            var last = Hours(place, Last);
            if (!last.IsDone)
                return last.Refusal with { Field = "end" };
            return LocalSpan.Typed(first.Value.On(First).Start, last.Value.On(Last).End);
        }
    }
}
