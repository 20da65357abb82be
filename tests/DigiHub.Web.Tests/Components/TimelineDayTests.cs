using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class TimelineDayTests
{
    private static readonly SiteTime berlin = SiteTime.Of("Europe/Berlin");
    private static readonly (LocalTime, LocalTime) eightToEight = (new(8, 0), new(20, 0));
    private static readonly LocalDate monday = new(2026, 11, 23);

    [Theory]
    [InlineData(2026, 11, 23, 48)]
    [InlineData(2026, 3, 29, 46)]
    [InlineData(2026, 10, 25, 50)]
    [InlineData(2027, 3, 28, 46)]
    [InlineData(2027, 10, 31, 50)]
    public void A_whole_day_has_as_many_half_hours_as_it_really_has(int year, int month, int day, int halfHours) =>
        Assert.Equal(halfHours, TimelineDay.Of(berlin, new LocalDate(year, month, day), open: null).All.Count);

    [Theory]
    [InlineData(2026, 11, 23)]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 10, 25)]
    public void Opening_hours_after_the_night_are_not_moved_by_the_clocks(int year, int month, int day)
    {
        var columns = TimelineDay.Of(berlin, new LocalDate(year, month, day), eightToEight).All;

        Assert.Equal(24, columns.Count);
        Assert.Equal(new LocalTime(8, 0), columns[0].Time);
        Assert.Equal(new LocalTime(19, 30), columns[^1].Time);
    }

    [Fact]
    public void When_the_clocks_go_back_the_second_two_o_clock_is_marked_and_none_other()
    {
        var columns = TimelineDay.Of(berlin, new LocalDate(2026, 10, 25), open: null).All;

        Assert.Equal([new LocalTime(2, 0), new LocalTime(2, 30)], columns.Where(column => column.IsSecond).Select(column => column.Time));
        Assert.Equal([6, 7], Enumerable.Range(0, columns.Count).Where(i => columns[i].IsSecond));
    }

    [Fact]
    public void When_the_clocks_go_forward_three_o_clock_follows_half_past_one()
    {
        var times = TimelineDay.Of(berlin, new LocalDate(2026, 3, 29), open: null).All.Select(column => column.Time).ToList();

        Assert.Equal(new LocalTime(3, 0), times[times.IndexOf(new LocalTime(1, 30)) + 1]);
    }

    [Fact]
    public void A_day_that_closes_at_midnight_reaches_to_its_end() =>
        Assert.Equal(new LocalTime(23, 30), TimelineDay.Of(berlin, monday, (new(18, 0), LocalTime.Midnight)).All[^1].Time);

    [Fact]
    public void Odd_opening_hours_are_widened_to_full_half_hours()
    {
        var columns = TimelineDay.Of(berlin, monday, (new(8, 15), new(17, 45))).All;

        Assert.Equal(new LocalTime(8, 0), columns[0].Time);
        Assert.Equal(new LocalTime(17, 30), columns[^1].Time);
    }

    [Theory]
    [InlineData("09:00", "10:00", 2, 4)]
    [InlineData("09:10", "09:20", 2, 3)]
    [InlineData("09:10", "10:01", 2, 5)]
    [InlineData("07:00", "08:30", 0, 1)]
    [InlineData("19:30", "23:00", 23, 24)]
    [InlineData("06:00", "22:00", 0, 24)]
    public void A_span_takes_every_column_it_touches(string start, string end, int from, int until) =>
        Assert.Equal((from, until), Day().Columns(At(start, end)));

    [Theory]
    [InlineData("06:00", "08:00")]
    [InlineData("20:00", "21:00")]
    public void A_span_that_only_touches_the_day_takes_no_column(string start, string end) => Assert.Null(Day().Columns(At(start, end)));

    [Theory]
    [InlineData("07:59", 0, null, null)]
    [InlineData("08:00", 0, 0, 0)]
    [InlineData("08:29", 0, 0, 5)]
    [InlineData("08:30", 1, 1, 0)]
    [InlineData("10:47", 5, 5, 3)]
    [InlineData("19:59", 23, 23, 5)]
    [InlineData("20:00", 24, null, null)]
    public void Now_stands_in_its_column_and_all_before_is_past(string now, int past, int? column, int? fiveMinutes)
    {
        var instant = berlin.Shifted(monday + Clock(now));

        Assert.Equal(past, Day().PastAt(instant));
        Assert.Equal(column, Day().NowAt(instant)?.Column);
        Assert.Equal(fiveMinutes, Day().NowAt(instant)?.FiveMinutes);
    }

    [Fact]
    public void A_day_gone_by_is_all_past_and_a_day_to_come_is_not()
    {
        Assert.Equal(24, Day().PastAt(berlin.Shifted(monday.PlusDays(1) + new LocalTime(9, 0))));
        Assert.Equal(0, Day().PastAt(berlin.Shifted(monday.PlusDays(-1) + new LocalTime(9, 0))));
    }

    private static TimelineDay Day() => TimelineDay.Of(berlin, monday, eightToEight);

    private static Span At(string start, string end) => new(berlin.Shifted(monday + Clock(start)), berlin.Shifted(monday + Clock(end)));

    private static LocalTime Clock(string time) => NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
}
