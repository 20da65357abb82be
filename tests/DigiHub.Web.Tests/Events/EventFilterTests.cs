using DigiHub.Events;
using DigiHub.Web.Events;

namespace DigiHub.Web.Tests.Events;

public sealed class EventFilterTests
{
    [Fact]
    public void Changes_one_choice_and_keeps_the_others()
    {
        var filter = new EventFilter("east", "iot", new LocalDate(2026, 11, 24));

        Assert.Equal("/events?site=east&day=2026-11-24", (filter with { Topic = null }).Href());
        Assert.Equal("/events?site=east&topic=fintech&day=2026-11-24&after=a%2Bb", (filter with { Topic = "fintech" }).Href("a+b"));
    }

    [Theory]
    [InlineData(22, "This week")] // it began yesterday and still runs
    [InlineData(23, "This week")]
    [InlineData(29, "This week")]
    [InlineData(30, "Next week")]
    [InlineData(36, "Next week")]
    [InlineData(37, "December 2026")]
    public void Groups_near_events_by_week_and_far_ones_by_month(int daysFromTheFirst, string heading)
    {
        var today = new LocalDate(2026, 11, 25);

        Assert.Equal(heading, EventWeeks.Of(new LocalDate(2026, 11, 1).PlusDays(daysFromTheFirst - 1), today).English);
    }
}
