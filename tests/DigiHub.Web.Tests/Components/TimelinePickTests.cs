using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class TimelinePickTests
{
    [Theory]
    [InlineData("12-1400", 12, 14, 0)]
    [InlineData("1-0000", 1, 0, 0)]
    [InlineData("2147483647-2330", int.MaxValue, 23, 30)]
    public void Reads_a_room_and_a_time(string text, int spaceId, int hour, int minute)
    {
        var pick = TimelinePick.Parse(text);

        Assert.Equal(new TimelinePick(spaceId, new LocalTime(hour, minute)), pick);
        Assert.Equal(text, pick!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1400")]
    [InlineData("12")]
    [InlineData("12-")]
    [InlineData("12-2400")]
    [InlineData("12-1260")]
    [InlineData("12-14:00")]
    [InlineData("12--100")]
    [InlineData("2147483648-1400")]
    [InlineData("+1-1400")]
    [InlineData(" 1-1400")]
    [InlineData("12-14000000000000000000000000000")]
    public void Takes_anything_else_for_nothing(string? text) => Assert.Null(TimelinePick.Parse(text));
}
