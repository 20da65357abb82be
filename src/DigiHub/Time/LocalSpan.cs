using System.Runtime.InteropServices;

namespace DigiHub.Time;

/// <summary>
/// Local times at a site, from <see cref="Start"/> until, but not at, <see cref="End"/>.
/// Start is before End on that clock; the elapsed time depends on <see cref="SiteTime"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LocalSpan
{
    /// <summary>The most days one span may touch where its days are walked one by one.</summary>
    public const int DatesMax = 400;

    /// <exception cref="ArgumentException"><paramref name="start"/> is not before <paramref name="end"/>.</exception>
    public LocalSpan(LocalDateTime start, LocalDateTime end)
    {
        if (start >= end)
            throw new ArgumentException(
                $"A span must start before it ends, not start at {start:uuuu-MM-dd'T'HH:mm:ss} and end at {end:uuuu-MM-dd'T'HH:mm:ss}.",
                nameof(end));
        Start = start;
        End = end;
    }

    public LocalDateTime Start { get; }

    /// <summary>The first moment that is no longer inside.</summary>
    public LocalDateTime End { get; }

    /// <summary>Within one day; <paramref name="until"/> at midnight means the end of that day.</summary>
    /// <exception cref="ArgumentException"><paramref name="from"/> is not before <paramref name="until"/>.</exception>
    public static LocalSpan On(LocalDate day, LocalTime from, LocalTime until) => new(day + from, DayEnd.At(day, until));

    /// <summary>The whole local day, midnight to midnight.</summary>
    public static LocalSpan WholeDay(LocalDate day) => On(day, LocalTime.Midnight, LocalTime.Midnight);

    /// <summary>From what somebody typed. Refuses with ends_before_it_starts, at the field "end".</summary>
    public static Outcome<LocalSpan> Typed(LocalDateTime start, LocalDateTime end) =>
        start < end ? new LocalSpan(start, end) : EndsBeforeItStarts;

    internal static Refusal EndsBeforeItStarts { get; } = new("ends_before_it_starts", new(
        "The end must be after the start. Choose a later end or an earlier start.",
        "Das Ende muss nach dem Beginn liegen. Wählen Sie ein späteres Ende oder einen früheren Beginn.",
        "Das Ende muss nach dem Beginn liegen. Wähle ein späteres Ende oder einen früheren Beginn."))
    { Field = "end" };

    /// <summary>The last day the span touches; a span that ends at midnight does not touch the day then beginning.</summary>
    public LocalDate LastDate => End.TimeOfDay == LocalTime.Midnight ? End.Date.PlusDays(-1) : End.Date;

    /// <summary>1 for a span within one day, an end at midnight included.</summary>
    public int DatesTouched => Period.DaysBetween(Start.Date, LastDate) + 1;

    public bool IsWithinOneDay => Start.Date == LastDate;

    /// <summary>The days touched, in order, at most <see cref="DatesMax"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The span touches more; ask <see cref="DatesTouched"/> first where a person chose it.
    /// </exception>
    public IEnumerable<LocalDate> Dates
    {
        get
        {
            var first = Start.Date;
            var count = DatesTouched;
            if (count > DatesMax)
                throw new InvalidOperationException($"{this} touches {count} days, more than {DatesMax}.");
            return Enumerable.Range(0, count).Select(first.PlusDays);
        }
    }

    public void Deconstruct(out LocalDateTime start, out LocalDateTime end) => (start, end) = (Start, End);

    /// <summary>ISO 8601 interval without a zone, for logs.</summary>
    public override string ToString() => $"{Start:uuuu-MM-dd'T'HH:mm:ss}/{End:uuuu-MM-dd'T'HH:mm:ss}";
}

/// <summary>The one reading of an end time: midnight is the end of the day, never its beginning.</summary>
internal static class DayEnd
{
    public static LocalDateTime At(LocalDate day, LocalTime until) =>
        until == LocalTime.Midnight ? day.PlusDays(1).AtMidnight() : day + until;
}
