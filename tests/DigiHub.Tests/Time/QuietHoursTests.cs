using CsCheck;
using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class QuietHoursTests
{
    private static readonly QuietHours nights = QuietHours.Usual;

    // Rule 3.
    [Theory]
    [InlineData("2026-12-08 20:59", "2026-12-08 20:59")] // the last minute that is open
    [InlineData("2026-12-08 21:00", "2026-12-09 07:00")]
    [InlineData("2026-12-09 00:00", "2026-12-09 07:00")]
    [InlineData("2026-12-09 06:59", "2026-12-09 07:00")]
    [InlineData("2026-12-09 07:00", "2026-12-09 07:00")]
    public void What_is_due_at_night_waits_for_the_morning(string due, string leaves) =>
        Assert.Equal(Berlin.Time.Shifted(At(leaves)), nights.Move(Berlin.Time.Shifted(At(due)), null, Berlin.Time));

    // Rule 3.
    [Theory]
    [InlineData("2026-12-09 05:00", "2026-12-09 07:01", "2026-12-09 07:00")]
    [InlineData("2026-12-09 05:00", "2026-12-09 07:00", "2026-12-08 20:59")] // when the event begins nobody needs to be reminded
    [InlineData("2026-12-09 05:00", "2026-12-09 06:30", "2026-12-08 20:59")]
    [InlineData("2026-12-08 22:00", "2026-12-08 23:00", "2026-12-08 20:59")]
    public void What_would_be_too_late_by_then_leaves_the_evening_before(string due, string notAfter, string leaves) =>
        Assert.Equal(Berlin.Time.Shifted(At(leaves)),
            nights.Move(Berlin.Time.Shifted(At(due)), Berlin.Time.Shifted(At(notAfter)), Berlin.Time));

    [Theory]
    [InlineData("2026-12-08 20:59", "2026-12-10 12:00", null)]
    [InlineData("2026-12-08 22:00", "2026-12-10 12:00", "2026-12-09 07:00")]
    [InlineData("2026-12-08 22:00", "2026-12-09 06:00", null)] // rather at an unwelcome hour than not at all
    public void What_would_leave_at_night_waits_where_there_is_time(string now, string notAfter, string? until) =>
        Assert.Equal(until is null ? (Instant?)null : Berlin.Time.Shifted(At(until)),
            nights.Wait(Berlin.Time.Shifted(At(now)), Berlin.Time.Shifted(At(notAfter)), Berlin.Time));

    [Fact]
    public void Hours_that_end_as_they_begin_are_none() =>
        Assert.False(QuietHours.None.Include(Utc("2026-12-08 00:00Z"), Berlin.Time));

    [Fact]
    public void A_rest_at_noon_is_quiet_too()
    {
        var siesta = new QuietHours(new(12, 0), new(14, 0));

        Assert.Equal(Berlin.Time.Shifted(At("2026-12-08 14:00")),
            siesta.Move(Berlin.Time.Shifted(At("2026-12-08 12:00")), null, Berlin.Time));
        Assert.Equal(Berlin.Time.Shifted(At("2026-12-08 11:59")),
            siesta.Move(Berlin.Time.Shifted(At("2026-12-08 13:00")), Utc("2026-12-08 12:30Z"), Berlin.Time));
    }

    [Fact]
    public void Nothing_leaves_in_a_quiet_hour_nor_too_late_whatever_the_clocks_do() =>
        (from changeDay in AnyChangeDay
         from minute in Gen.Int[-1440, 2 * 1440]
         from lasts in Gen.Int[1, 2 * 1440]
         from fromHour in Gen.Int[0, 23]
         from hours in Gen.Int[1, 20]
         select (Due: changeDay.AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(minute), Lasts: Duration.FromMinutes(lasts),
             Quiet: new QuietHours(new(fromHour, 30), new LocalTime(fromHour, 30).PlusHours(hours))))
        .Sample(rule =>
        {
            var leaves = rule.Quiet.Move(rule.Due, rule.Due + rule.Lasts, Berlin.Time);

            Assert.False(rule.Quiet.Include(leaves, Berlin.Time));
            Assert.True(leaves == rule.Due || leaves < rule.Due + rule.Lasts);
            Assert.Equal(rule.Quiet.Include(rule.Due, Berlin.Time), leaves != rule.Due);
            Assert.True(Duration.FromHours(23) > Duration.Max(leaves - rule.Due, rule.Due - leaves));
        }, iter: 20_000);
}
