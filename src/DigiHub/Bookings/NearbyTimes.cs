using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Times like the one asked for at which a space may be booked, whether or not it is free then.</summary>
internal static class NearbyTimes
{
    private const int CandidatesMax = 48;
    private const int DaysMax = 14;

    /// <summary>Within the rules, nearest first: the same day, then the days after; at most 48, and never the time asked for.</summary>
    public static List<(LocalSpan Local, Span Span)> Of(Space space, SiteContext place, LocalSpan asked, Instant now)
    {
        var found = new List<(LocalSpan, Span)>();
        foreach (var candidate in Candidates(space, place, asked))
        {
            if (candidate == asked || BookingRules.Check(space, place, candidate, now) is not { IsDone: true } span)
                continue;
            found.Add((candidate, span.Value));
            if (found.Count == CandidatesMax)
                break;
        }

        return found;
    }

    private static IEnumerable<LocalSpan> Candidates(Space space, SiteContext place, LocalSpan asked)
    {
        if (!asked.IsWithinOneDay)
            return DaysLater(asked);
        return space.Rules.Granularity == Granularity.Minutes
            ? Steps(space, asked).Concat(DaysLater(OnSteps(space, asked)))
            : Parts(place, asked.Start.Date).Concat(SamePartLater(place, asked));
    }

    /// <summary>Earlier and later on the same day, ever further away; the rules drop what lies outside the opening hours.</summary>
    private static IEnumerable<LocalSpan> Steps(Space space, LocalSpan asked)
    {
        var near = OnSteps(space, asked);
        var stepsMax = NodaConstants.MinutesPerDay / space.Rules.StepMinutes;
        for (var steps = 0; steps <= stepsMax; steps++)
        {
            yield return Shifted(near, steps * space.Rules.StepMinutes);
            yield return Shifted(near, -steps * space.Rules.StepMinutes);
        }
    }

    private static LocalSpan Shifted(LocalSpan span, int minutes) => new(span.Start.PlusMinutes(minutes), span.End.PlusMinutes(minutes));

    /// <summary>The start moved back onto the grid, the length rounded up to it and kept within what the space allows.</summary>
    private static LocalSpan OnSteps(Space space, LocalSpan asked)
    {
        var step = space.Rules.StepMinutes;
        var minuteOfDay = (int)(asked.Start.TimeOfDay.TickOfDay / NodaConstants.TicksPerMinute);
        var start = asked.Start.Date.AtMidnight().PlusMinutes(minuteOfDay / step * step);
        var length = (int)Math.Ceiling(Period.DaysBetween(asked.Start.Date, asked.End.Date) * (double)NodaConstants.MinutesPerDay
            + (asked.End.TimeOfDay - asked.Start.TimeOfDay).ToDuration().TotalMinutes);
        var (min, max) = (space.Rules.MinMinutes, space.Rules.MaxMinutes);
        var rounded = Math.Clamp((length + step - 1) / step * step, min, Math.Max(min, max));
        return new LocalSpan(start, start.PlusMinutes(rounded));
    }

    private static IEnumerable<LocalSpan> Parts(SiteContext place, LocalDate day) =>
        place.Hours.On(day) is { } hours ? [hours.On(day), hours.Morning(day), hours.Afternoon(day)] : [];

    private static IEnumerable<LocalSpan> SamePartLater(SiteContext place, LocalSpan asked)
    {
        var part = PartOf(place, asked);
        for (var days = 1; days <= DaysMax; days++)
        {
            var day = asked.Start.Date.PlusDays(days);
            if (When.On(day, part).At(place) is { IsDone: true } span)
                yield return span.Value;
        }
    }

    private static DayPart PartOf(SiteContext place, LocalSpan asked)
    {
        var day = asked.Start.Date;
        if (place.Hours.On(day) is not { } hours || asked == hours.On(day))
            return DayPart.Day;
        return asked.Start < hours.Morning(day).End ? DayPart.Morning : DayPart.Afternoon;
    }

    private static IEnumerable<LocalSpan> DaysLater(LocalSpan asked)
    {
        for (var days = 1; days <= DaysMax; days++)
            yield return new LocalSpan(asked.Start.PlusDays(days), asked.End.PlusDays(days));
    }
}
