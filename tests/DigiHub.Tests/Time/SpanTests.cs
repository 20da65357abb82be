using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class SpanTests
{
    private static readonly Instant Nine = Utc("2026-11-23 09:00Z");

    private static Span Minutes(int from, int until) => new(Nine + Duration.FromMinutes(from), Nine + Duration.FromMinutes(until));

    [Theory]
    [InlineData(-60, 0, false)] // touches before
    [InlineData(-60, 1, true)]
    [InlineData(0, 60, true)] // itself
    [InlineData(10, 20, true)] // inside
    [InlineData(-10, 70, true)] // around
    [InlineData(59, 90, true)]
    [InlineData(60, 90, false)] // touches after
    public void Overlaps_what_shares_time_and_not_what_only_touches(int from, int until, bool overlaps)
    {
        var (span, other) = (Minutes(0, 60), Minutes(from, until));

        Assert.Equal(overlaps, span.Overlaps(other));
        Assert.Equal(overlaps, other.Overlaps(span));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Contains_its_start_and_not_its_end(int minute, bool contained) =>
        Assert.Equal(contained, Minutes(0, 60).Contains(Nine + Duration.FromMinutes(minute)));

    [Theory]
    [InlineData(0, 60, true)]
    [InlineData(10, 20, true)]
    [InlineData(-1, 60, false)]
    [InlineData(0, 61, false)]
    public void Contains_a_span_that_does_not_stick_out(int from, int until, bool contained) =>
        Assert.Equal(contained, Minutes(0, 60).Contains(Minutes(from, until)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Cannot_be_empty_or_reversed_and_names_the_values(int minutes)
    {
        var wrong = Assert.Throws<ArgumentException>(() => new Span(Nine, Nine + Duration.FromMinutes(minutes)));

        Assert.Contains("2026-11-23T09:00:00Z", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Widens_by_set_up_before_and_tear_down_after() =>
        Assert.Equal(Minutes(-15, 90), Minutes(0, 60).Widened(Duration.FromMinutes(15), Duration.FromMinutes(30)));

    [Fact]
    public void Does_not_narrow_to_nothing() =>
        Assert.Throws<ArgumentException>(() => Minutes(0, 60).Widened(Duration.Zero, Duration.FromMinutes(-60)));
}
