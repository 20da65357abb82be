using DigiHub.Bookings.Meetings;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Meetings;

/// <summary>Whether one can be at one site and then at the other.</summary>
public sealed class BetweenSitesTests
{
    private const int East = 1, West = 2;

    private static readonly Duration way = Duration.FromMinutes(35);
    private static readonly SiteTime berlin = SiteTime.Of("Europe/Berlin");

    [Theory]
    [InlineData("11:00", true)]
    [InlineData("11:34", true)]
    [InlineData("11:35", false)]
    [InlineData("11:36", false)]
    public void Less_time_than_the_way_is_too_little(string start, bool isImpossible)
    {
        var found = BetweenSites.Impossible([Stay(East, "10:00", "11:00"), Stay(West, start, "12:30")], way);

        Assert.Equal(isImpossible, found.Count == 1);
    }

    [Fact]
    public void At_one_site_and_with_no_way_nothing_is_too_close()
    {
        Assert.Empty(BetweenSites.Impossible([Stay(East, "10:00", "11:00"), Stay(East, "11:00", "12:00")], way));
        Assert.Empty(BetweenSites.Impossible([Stay(East, "10:00", "11:00"), Stay(West, "11:00", "12:00")], Duration.Zero));
    }

    [Fact]
    public void What_overlaps_at_two_sites_is_impossible_unless_one_of_them_is_a_desk()
    {
        var desk = Stay(East, "08:00", "20:00") with { MayBeLeft = true };
        var room = Stay(West, "10:00", "11:00");

        Assert.Empty(BetweenSites.Impossible([desk, room], way));
        Assert.Single(BetweenSites.Impossible([Stay(East, "08:00", "20:00"), room], way));
        Assert.Single(BetweenSites.Impossible([Stay(East, "08:00", "13:00") with { MayBeLeft = true }, Stay(West, "13:00", "14:00")], way));
    }

    [Fact]
    public void Something_short_between_does_not_hide_an_earlier_one_that_ends_late()
    {
        var found = BetweenSites.Impossible(
            [Stay(West, "09:00", "12:00"), Stay(West, "10:00", "10:15"), Stay(East, "12:10", "13:00")], way);

        Assert.Equal(At("12:35"), Assert.Single(found).Earliest);
    }

    [Theory]
    [InlineData("11:00", 15, "11:45")]
    [InlineData("11:10", 15, "11:45")]
    [InlineData("11:11", 15, "12:00")]
    [InlineData("11:00", 30, "12:00")]
    [InlineData("11:00", 5, "11:35")]
    public void The_comfortable_start_is_rounded_up_to_the_step(string end, int step, string start)
    {
        var pair = Assert.Single(BetweenSites.Impossible([Stay(East, "10:00", end), Stay(West, "11:15", "12:00")], way));

        Assert.Equal(Local(start), BetweenSites.ComfortableStart(pair, berlin, step));
    }

    [Fact]
    public void Late_in_the_evening_no_start_of_that_day_is_left()
    {
        var pair = Assert.Single(BetweenSites.Impossible([Stay(East, "22:00", "23:40"), Stay(West, "23:45", "23:59")], way));

        Assert.Null(BetweenSites.ComfortableStart(pair, berlin, 15));
    }

    [Fact]
    public void On_the_night_the_clocks_go_forward_the_hour_that_is_not_there_is_no_time_for_the_way()
    {
        // 01:45 to 03:00 on the clock is a quarter of an hour.
        var pair = Assert.Single(BetweenSites.Impossible(
            [
                NightStay(East, new(2027, 3, 28, 1, 0), new(2027, 3, 28, 1, 45)),
                NightStay(West, new(2027, 3, 28, 3, 0), new(2027, 3, 28, 4, 0)),
            ], way));

        Assert.Equal(Duration.FromMinutes(15), pair.Between);
        Assert.Equal(new LocalDateTime(2027, 3, 28, 3, 30), BetweenSites.ComfortableStart(pair, berlin, 15));
    }

    [Fact]
    public void On_the_night_the_clocks_go_back_the_hour_that_comes_twice_is_time_for_the_way()
    {
        // From the first 02:00 until 03:00 are two hours.
        Assert.Empty(BetweenSites.Impossible(
            [
                NightStay(East, new(2026, 10, 25, 1, 0), new(2026, 10, 25, 2, 0)),
                NightStay(West, new(2026, 10, 25, 3, 0), new(2026, 10, 25, 4, 0)),
            ], Duration.FromMinutes(115)));
    }

    [Fact]
    public void A_comfortable_start_in_the_hour_that_comes_twice_is_never_too_early()
    {
        // 00:45Z is the second 02:45 less an hour: typed, 02:45 means the first, so the start is later.
        var end = Instant.FromUtc(2026, 10, 25, 1, 0);
        var earlier = new Stay(Guid.NewGuid(), East, new(end - Duration.FromHours(1), end));
        var later = new Stay(Guid.NewGuid(), West, new(end + Duration.FromMinutes(5), end + Duration.FromHours(2)));

        var pair = Assert.Single(BetweenSites.Impossible([earlier, later], way));
        var start = BetweenSites.ComfortableStart(pair, berlin, 15);

        Assert.Equal(new LocalDateTime(2026, 10, 25, 3, 0), start);
        Assert.True(berlin.Typed(start!.Value).Value >= pair.Earliest);
    }

    private static Stay Stay(int site, string from, string until) => new(Guid.NewGuid(), site, new(At(from), At(until)));

    private static Stay NightStay(int site, LocalDateTime from, LocalDateTime until) =>
        new(Guid.NewGuid(), site, new(berlin.Typed(from).Value, berlin.Typed(until).Value));

    private static Instant At(string time) => berlin.Typed(Local(time)).Value;

    private static LocalDateTime Local(string time) =>
        new LocalDate(2026, 11, 24) + NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
}
