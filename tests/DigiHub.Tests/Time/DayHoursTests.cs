using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class DayHoursTests
{
    private static readonly LocalDate Monday = Day("2026-11-23");

    private static DayHours Hours(string opens, string closes) => new(Clock(opens), Clock(closes));

    [Theory]
    [InlineData("20:00", "08:00")]
    [InlineData("08:00", "08:00")]
    public void Cannot_close_before_it_opens_and_names_the_values(string opens, string closes)
    {
        var wrong = Assert.Throws<ArgumentException>(() => Hours(opens, closes));

        Assert.Contains(opens, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(closes, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Closes_at_midnight_at_the_end_of_the_day()
    {
        Assert.Equal(new LocalSpan(At("2026-11-23 18:00"), At("2026-11-24 00:00")), Hours("18:00", "00:00").On(Monday));
        Assert.Equal(LocalSpan.WholeDay(Monday), Hours("00:00", "00:00").On(Monday));
    }

    [Theory]
    [InlineData("08:00", "20:00", "13:00")]
    [InlineData("12:59", "20:00", "13:00")]
    [InlineData("08:00", "13:01", "13:00")]
    [InlineData("00:00", "00:00", "13:00")]
    [InlineData("08:00", "00:00", "13:00")]
    // 13:00 is not inside: the middle, at a quarter of an hour.
    [InlineData("08:00", "13:00", "10:30")]
    [InlineData("13:00", "20:00", "16:30")]
    [InlineData("08:00", "12:15", "10:00")]
    [InlineData("18:00", "00:00", "21:00")]
    [InlineData("08:05", "08:25", "08:15")]
    [InlineData("08:05", "08:15", "08:10")] // no quarter inside
    public void Parts_into_halves_at_one_o_clock_or_in_the_middle(string opens, string closes, string middle)
    {
        var hours = Hours(opens, closes);

        Assert.Equal(LocalSpan.On(Monday, Clock(opens), Clock(middle)), hours.Half(Monday, DayHalf.Morning));
        Assert.Equal(LocalSpan.On(Monday, Clock(middle), Clock(closes)), hours.Half(Monday, DayHalf.Afternoon));
    }

    [Fact]
    public void Is_written_in_both_languages()
    {
        Assert.Equal(new Words("08:00 to 20:00", "08:00 bis 20:00 Uhr"), Hours("08:00", "20:00").Written);
        Assert.Equal(new Words("18:00 to 24:00", "18:00 bis 24:00 Uhr"), Hours("18:00", "00:00").Written);
    }
}
