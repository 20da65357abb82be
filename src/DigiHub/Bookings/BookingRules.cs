using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Every rule about what may be booked and when, for pages, API and jobs: pure functions of the facts passed
/// in. Whether the space is free is decided in <see cref="BookSpace"/> under the space's lock.
/// </summary>
public static partial class BookingRules
{
    /// <summary>How many bookings one member may have ahead of them, those of series not counted.</summary>
    public const int OpenBookingsMax = 50;

    /// <summary>
    /// The real time of the span where it may be booked. Else the first rule that says no: space_not_offered, space_retired,
    /// time_does_not_exist, date_out_of_range, too_long, closed_that_day, outside_opening_hours, off_the_grid, too_short, in_the_past,
    /// notice_too_short, beyond_horizon.
    /// </summary>
    public static Outcome<Span> Check(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        var span = CheckTimes(space, place, asked);
        if (!span.IsDone)
            return span;
        return CheckStart(space, place, asked, span.Value, now) is { } refusal ? refusal : span;
    }

    /// <summary>For a booking that keeps its start and its space: as Check, but how close the start has come does not matter.</summary>
    public static Outcome<Span> CheckSameStart(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        var span = CheckTimes(space, place, asked);
        if (!span.IsDone)
            return span;
        return CheckHorizon(space, place, asked, now) is { } refusal ? refusal : span;
    }

    /// <summary>
    /// For what begins now or has begun, and ends at this time: its start need not be on the grid, its end need. As Check, without
    /// in_the_past.
    /// </summary>
    public static Outcome<Span> CheckEnd(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        if (CheckOffered(space, place, asked) is { } gone)
            return gone;
        var span = place.Time.Typed(asked);
        if (!span.IsDone)
            return span;
        var refusal = CheckDays(space, asked) ?? place.Hours.Check(asked) ?? CheckEndOnGrid(space, place, asked)
            ?? CheckLength(space, asked, span.Value) ?? CheckHorizon(space, place, asked, now);
        return refusal is null ? span : refusal;
    }

    /// <summary>For somebody who is there and takes the space at once: as <see cref="CheckEnd"/>, and with notice_too_short.</summary>
    public static Outcome<Span> CheckFromNow(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        var span = CheckEnd(space, place, asked, now);
        return span.IsDone && space.Rules.NoticeMinutes > 0 ? NoticeTooShort(space, place, now) : span;
    }

    /// <summary>
    /// For somebody who takes the space at the screen of its door, for so many minutes from now: neither start nor end need be on the grid,
    /// and it may be shorter than others. Refuses with space_not_offered, space_retired, time_does_not_exist, date_out_of_range,
    /// closed_that_day, outside_opening_hours and too_long.
    /// </summary>
    public static Outcome<Span> CheckWalkUp(Space space, SiteContext place, LocalSpan asked)
    {
        if (CheckOffered(space, place, asked) is { } gone)
            return gone;
        var span = place.Time.Typed(asked);
        if (!span.IsDone)
            return span;
        var refusal = CheckDays(space, asked) ?? place.Hours.Check(asked)
            ?? (span.Value.Length > Duration.FromMinutes(space.Rules.MaxMinutes) ? TooLong(space) : null);
        return refusal is null ? span : refusal;
    }

    /// <summary>Whether an existing booking would still be possible: the space is offered and the site open then.</summary>
    public static Refusal? CheckStillOpen(Space space, SiteContext place, LocalSpan promised) =>
        CheckOffered(space, place, promised) ?? place.Hours.Check(promised);

    /// <param name="people">Null: not said, and then not asked.</param>
    public static Refusal? CheckPeople(Space space, int? people) => people switch
    {
        < 1 => NobodyComes,
        _ when people > space.Capacity => TooManyPeople(space),
        _ => null,
    };

    /// <summary>
    /// As <see cref="CheckPeople"/>, for what is booked: where somebody decides on each booking they also decide on more people than seats.
    /// </summary>
    public static Refusal? CheckHeadCount(Space space, int? people) =>
        people > 0 && people <= Space.PeopleMax && space.Rules.NeedsApproval ? null : CheckPeople(space, people);

    /// <param name="title">As <see cref="TypedText.Line(string?)"/> leaves it.</param>
    public static Refusal? CheckTitle(string? title) => title?.Length > Booking.TitleMax ? TitleTooLong : null;

    /// <param name="choice">Null: none was made.</param>
    public static Refusal? CheckReminder(ReminderChoice? choice) => choice?.IsPossible != false ? null : ReminderOutOfRange;

    private static Outcome<Span> CheckTimes(Space space, SiteContext place, LocalSpan asked)
    {
        if (CheckOffered(space, place, asked) is { } gone)
            return gone;

        var span = place.Time.Typed(asked);
        if (!span.IsDone)
            return span;

        var refusal = CheckDays(space, asked) ?? place.Hours.Check(asked)
            ?? (asked.IsWithinOneDay ? CheckGrid(space, place, asked) : CheckWholeDays(place, asked))
            ?? CheckLength(space, asked, span.Value);
        return refusal is null ? span : refusal;
    }

    private static Refusal? CheckOffered(Space space, SiteContext place, LocalSpan asked) =>
        !space.IsOffered || place.Site.RetiredAt is not null ? NotOffered(space)
        : space.RetiredFrom is { } from && asked.LastDate >= from ? IsRetired(space, from)
        : null;

    private static Refusal? CheckDays(Space space, LocalSpan asked) =>
        asked.DatesTouched > space.Rules.MaxDays ? TooManyDays(space) : null;

    private static Refusal? CheckGrid(Space space, SiteContext place, LocalSpan asked)
    {
        var day = asked.Start.Date;
        var hours = place.Hours.On(day)!;
        return space.Rules.Granularity switch
        {
            Granularity.Minutes => IsOnStep(asked.Start, space) && IsOnStep(asked.End, space) ? null : OffTheSteps(space),
            Granularity.HalfDay => asked == hours.Morning(day) || asked == hours.Afternoon(day) || asked == hours.On(day)
                ? null
                : NotAHalfDay(space, day, hours),
            _ => asked == hours.On(day) ? null : NotADay(space, day, hours),
        };
    }

    private static Refusal? CheckEndOnGrid(Space space, SiteContext place, LocalSpan asked)
    {
        var last = asked.LastDate;
        var hours = place.Hours.On(last)!;
        return space.Rules.Granularity switch
        {
            Granularity.Minutes => IsOnStep(asked.End, space) || asked.End == hours.On(last).End ? null : OffTheSteps(space),
            Granularity.HalfDay => asked.End == hours.Morning(last).End || asked.End == hours.On(last).End
                ? null
                : NotAHalfDay(space, last, hours),
            _ => asked.End == hours.On(last).End ? null : NotADay(space, last, hours),
        };
    }

    /// <summary>A booking over several days runs from the first day's opening to the last day's closing.</summary>
    private static Refusal? CheckWholeDays(SiteContext place, LocalSpan asked)
    {
        var (first, last) = (place.Hours.On(asked.Start.Date)!, place.Hours.On(asked.LastDate)!);
        var whole = new LocalSpan(first.On(asked.Start.Date).Start, last.On(asked.LastDate).End);
        return asked == whole ? null : NotWholeDays(whole);
    }

    /// <summary>Elapsed minutes, which differ from clock minutes on the nights the clocks change.</summary>
    private static Refusal? CheckLength(Space space, LocalSpan asked, Span span)
    {
        if (space.Rules.Granularity != Granularity.Minutes || !asked.IsWithinOneDay)
            return null;
        if (span.Length < Duration.FromMinutes(space.Rules.MinMinutes))
            return TooShort(space);
        return span.Length > Duration.FromMinutes(space.Rules.MaxMinutes) ? TooLong(space) : null;
    }

    private static Refusal? CheckStart(Space space, SiteContext place, LocalSpan asked, Span span, Instant now)
    {
        if (space.Rules.NoticeMinutes > 0 && span.Start < now + Duration.FromMinutes(space.Rules.NoticeMinutes))
            return span.End <= now ? InThePast : NoticeTooShort(space, place, now);
        return FirstStepEnds(space, place, asked, span) <= now ? InThePast : CheckHorizon(space, place, asked, now);
    }

    /// <summary>What has begun may still be taken while its first step runs: this quarter of an hour, this morning, today.</summary>
    private static Instant FirstStepEnds(Space space, SiteContext place, LocalSpan asked, Span span)
    {
        if (space.Rules.Granularity == Granularity.Minutes)
            return span.Start + Duration.FromMinutes(space.Rules.StepMinutes);

        var day = asked.Start.Date;
        var hours = place.Hours.On(day)!;
        var startsInTheMorning = asked.Start < hours.Morning(day).End;
        return place.Time.Shifted(space.Rules.Granularity == Granularity.HalfDay && startsInTheMorning
            ? hours.Morning(day).End
            : hours.On(day).End);
    }

    private static Refusal? CheckHorizon(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        var last = place.Time.DateOf(now).PlusDays(space.Rules.HorizonDays);
        return asked.LastDate > last ? BeyondHorizon(space, last, asked.Start.Date > last ? "start" : "end") : null;
    }

    private static bool IsOnStep(LocalDateTime time, Space space) =>
        time.TimeOfDay.TickOfDay % (space.Rules.StepMinutes * NodaConstants.TicksPerMinute) == 0;
}
