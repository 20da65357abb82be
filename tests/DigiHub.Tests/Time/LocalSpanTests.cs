using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class LocalSpanTests
{
    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23 09:00")]
    [InlineData("2026-11-23 09:00", "2026-11-23 08:59")]
    public void Cannot_be_empty_or_reversed_and_names_the_values(string start, string end)
    {
        var wrong = Assert.Throws<ArgumentException>(() => new LocalSpan(At(start), At(end)));

        Assert.Contains("2026-11-23T09:00:00", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23 08:59", true)]
    [InlineData("2026-11-23 09:00", "2026-11-23 09:00", true)]
    [InlineData("2026-11-23 09:00", "2026-11-23 09:01", false)]
    public void Refuses_a_typed_end_that_is_not_after_the_start(string start, string end, bool refused)
    {
        var outcome = LocalSpan.Typed(At(start), At(end));

        Assert.Equal(refused ? "ends_before_it_starts" : null, outcome.Refusal?.Code);
        Assert.Equal(refused ? "end" : null, outcome.Refusal?.Field);
    }

    [Theory]
    [InlineData("09:00", "11:00", "2026-11-23 11:00")]
    [InlineData("14:00", "00:00", "2026-11-24 00:00")]
    [InlineData("00:00", "00:00", "2026-11-24 00:00")]
    public void Reads_an_end_at_midnight_as_the_end_of_the_day(string from, string until, string end)
    {
        var span = LocalSpan.On(Day("2026-11-23"), Clock(from), Clock(until));

        Assert.Equal(At(end), span.End);
        Assert.True(span.IsWithinOneDay);
    }

    [Fact]
    public void The_end_of_the_year_is_the_end_of_its_last_day() =>
        Assert.Equal(At("2027-01-01 00:00"), LocalSpan.WholeDay(Day("2026-12-31")).End);

    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23 10:00", "2026-11-23")]
    [InlineData("2026-11-23 22:00", "2026-11-24 00:00", "2026-11-23")]
    [InlineData("2026-11-23 22:00", "2026-11-24 00:01", "2026-11-23 2026-11-24")]
    [InlineData("2028-02-28 09:00", "2028-03-01 10:00", "2028-02-28 2028-02-29 2028-03-01")] // a leap year
    [InlineData("2027-02-28 09:00", "2027-03-01 10:00", "2027-02-28 2027-03-01")]
    public void Touches_every_day_but_one_that_only_begins_at_its_end(string start, string end, string days)
    {
        var span = new LocalSpan(At(start), At(end));

        Assert.Equal(days.Split(' ').Select(Day), span.Dates);
        Assert.Equal(span.Dates.Count(), span.DatesTouched);
        Assert.Equal(span.Dates.Last(), span.LastDate);
    }

    [Theory]
    [InlineData(LocalSpan.DatesMax, true)]
    [InlineData(LocalSpan.DatesMax + 1, false)]
    public void Walks_at_most_four_hundred_days(int days, bool walks)
    {
        var start = Day("2026-11-23").AtMidnight();
        var span = new LocalSpan(start, start.PlusDays(days));

        if (walks)
            Assert.Equal(days, span.Dates.Count());
        else
            Assert.Throws<InvalidOperationException>(() => span.Dates);
    }
}
