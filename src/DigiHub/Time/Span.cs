using System.Runtime.InteropServices;

namespace DigiHub.Time;

/// <summary>
/// Real time from <see cref="Start"/> until, but not at, <see cref="End"/>: what blocks a space and what is compared.
/// Never empty: Start is before End.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Span
{
    /// <exception cref="ArgumentException"><paramref name="start"/> is not before <paramref name="end"/>.</exception>
    public Span(Instant start, Instant end)
    {
        if (start >= end)
            throw new ArgumentException($"A span must start before it ends, not start at {start} and end at {end}.", nameof(end));
        Start = start;
        End = end;
    }

    public Instant Start { get; }

    /// <summary>The first instant that is no longer inside.</summary>
    public Instant End { get; }

    /// <summary>Real time: a local day is 23, 24 or 25 hours long.</summary>
    public Duration Length => End - Start;

    /// <summary>Spans that only touch do not overlap: one may begin where the other ends.</summary>
    public bool Overlaps(Span other) => Start < other.End && other.Start < End;

    /// <summary>The start is inside, the end is not.</summary>
    public bool Contains(Instant instant) => Start <= instant && instant < End;

    public bool Contains(Span other) => Start <= other.Start && other.End <= End;

    /// <summary>With set-up time before and tear-down time after; negative durations narrow.</summary>
    /// <exception cref="ArgumentException">Narrowed to nothing.</exception>
    public Span Widened(Duration before, Duration after) => new(Start - before, End + after);

    public void Deconstruct(out Instant start, out Instant end) => (start, end) = (Start, End);

    /// <summary>ISO 8601 interval, for logs.</summary>
    public override string ToString() => $"{Start}/{End}";
}
