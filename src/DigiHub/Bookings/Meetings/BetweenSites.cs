using DigiHub.Time;

namespace DigiHub.Bookings.Meetings;

/// <summary>Somebody has to be at a site, from when until when.</summary>
/// <param name="Id">Of the booking or the registration.</param>
/// <param name="MayBeLeft">A desk: one leaves it for an hour elsewhere, and comes back.</param>
public sealed record Stay(Guid Id, int SiteId, Span Span, bool MayBeLeft = false);

/// <summary>Two stays one after the other, with less time between them than the way takes.</summary>
/// <param name="Earliest">When one can be at the later one: the end of the earlier one and the way.</param>
public sealed record ImpossiblePair(Stay Earlier, Stay Later, Instant Earliest)
{
    /// <summary>How much time there is; negative where they overlap.</summary>
    public Duration Between => Later.Span.Start - Earlier.Span.End;
}

/// <summary>Whether one can be at one site and then at the other: a warning, never a refusal, since people send others, or call.</summary>
public static class BetweenSites
{
    /// <summary>
    /// Pairs at different sites with less time between them than the way, the earliest first. What overlaps is such a pair, too, unless
    /// one of the two may be left. In real time, so that a night on which the clocks change makes no difference. No way (0 minutes) warns
    /// of nothing.
    /// </summary>
    public static IReadOnlyList<ImpossiblePair> Impossible(IEnumerable<Stay> stays, Duration way)
    {
        if (way <= Duration.Zero)
            return [];
        var ordered = stays.OrderBy(one => one.Span.Start).ThenBy(one => one.Span.End).ThenBy(one => one.Id).ToList();
        List<ImpossiblePair> found = [];
        for (var i = 0; i < ordered.Count; i++)
        {
            for (var k = i + 1; k < ordered.Count && ordered[k].Span.Start < ordered[i].Span.End + way; k++)
            {
                var (earlier, later) = (ordered[i], ordered[k]);
                var isLeft = later.Span.Start < earlier.Span.End && (earlier.MayBeLeft || later.MayBeLeft);
                if (earlier.SiteId != later.SiteId && !isLeft)
                    found.Add(new(earlier, later, earlier.Span.End + way));
            }
        }

        return found;
    }

    /// <summary>
    /// The earliest comfortable start of the later one, on its site's clock and on the steps by which its space is booked; null where no
    /// start of that day is left.
    /// </summary>
    public static LocalDateTime? ComfortableStart(ImpossiblePair pair, SiteTime site, int stepMinutes)
    {
        var earliest = site.Local(pair.Earliest);
        var minutes = (earliest.TimeOfDay.TickOfDay + NodaConstants.TicksPerMinute - 1) / NodaConstants.TicksPerMinute;
        var step = Math.Max(1, stepMinutes);
        var start = earliest.Date.AtMidnight().PlusMinutes((minutes + step - 1) / step * step);
        // A rounded time may be one that the clocks leave out; and one that comes twice means the earlier, which may be too early.
        var day = site.DateOf(pair.Later.Span.Start);
        while (start.Date == day && !(site.Typed(start) is { IsDone: true } at && at.Value >= pair.Earliest))
            start = start.PlusMinutes(step);
        return start.Date == day ? start : null;
    }
}
