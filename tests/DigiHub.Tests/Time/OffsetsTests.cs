using CsCheck;
using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class OffsetsTests
{
    private const int SamplesEach = 10_000;

    [Theory]
    [InlineData("2026-11-30 18:00", 7, "09:00", "2026-11-23 08:00Z")]
    [InlineData("2026-11-30 18:00", 0, "09:00", "2026-11-30 08:00Z")]
    // 09:00 stays 09:00 when the clocks change between the reminder and the start.
    [InlineData("2026-10-26 18:00", 7, "09:00", "2026-10-19 07:00Z")]
    [InlineData("2026-10-26 18:00", 1, "09:00", "2026-10-25 08:00Z")]
    [InlineData("2027-03-29 18:00", 1, "09:00", "2027-03-28 07:00Z")]
    [InlineData("2027-03-29 18:00", 2, "09:00", "2027-03-27 08:00Z")]
    // In the very hour: the gap shifts forward, the doubled hour means the earlier.
    [InlineData("2027-03-29 18:00", 1, "02:30", "2027-03-28 01:30Z")]
    [InlineData("2026-10-26 18:00", 1, "02:30", "2026-10-25 00:30Z")]
    [InlineData("2027-11-01 18:00", 1, "02:30", "2027-10-31 00:30Z")]
    // Leap years.
    [InlineData("2028-03-01 18:00", 1, "09:00", "2028-02-29 08:00Z")]
    [InlineData("2027-03-01 18:00", 1, "09:00", "2027-02-28 08:00Z")]
    [InlineData("2028-02-29 18:00", 365, "09:00", "2027-03-01 08:00Z")]
    public void Days_before_are_counted_on_the_calendar(string start, int days, string at, string due) =>
        Assert.Equal(Utc(due), Offsets.DaysBefore(At(start), Berlin.Time, days, Clock(at)));

    [Theory]
    [InlineData("2026-11-30 18:00", 2, "2026-11-30 15:00Z")]
    [InlineData("2027-03-28 03:00", 1, "2027-03-28 00:00Z")] // the clock then shows 01:00
    [InlineData("2026-10-25 03:00", 1, "2026-10-25 01:00Z")] // it shows 02:00 for the second time
    [InlineData("2026-10-25 03:00", 2, "2026-10-25 00:00Z")] // and for the first
    [InlineData("2026-10-25 18:00", 24, "2026-10-24 17:00Z")] // 19:00 the day before
    [InlineData("2027-03-28 18:00", 24, "2027-03-27 16:00Z")] // 17:00 the day before
    [InlineData("2026-11-30 18:00", 0, "2026-11-30 17:00Z")]
    public void Hours_before_are_real_hours(string start, int hours, string due) =>
        Assert.Equal(Utc(due), Offsets.HoursBefore(Berlin.Time.Shifted(At(start)), hours));

    [Theory]
    [InlineData("2026-11-29 09:00Z", 24, "2026-11-30 09:00Z")] // due and grace
    [InlineData("2026-11-29 17:00Z", 24, "2026-11-30 17:00Z")] // both at once
    [InlineData("2026-11-30 09:00Z", 24, "2026-11-30 17:00Z")] // the start comes first
    [InlineData("2026-11-30 09:00Z", 6, "2026-11-30 15:00Z")]
    [InlineData("2026-11-30 15:00Z", 6, "2026-11-30 17:00Z")]
    public void Is_stale_after_its_grace_and_never_leaves_after_the_start(string due, int graceHours, string notAfter)
    {
        var grace = graceHours == 24 ? Offsets.DayGrace : Offsets.HourGrace;

        Assert.Equal(Duration.FromHours(graceHours), grace);
        Assert.Equal(Utc(notAfter), Offsets.NotAfter(Utc(due), Utc("2026-11-30 17:00Z"), grace));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Offsets.DaysMax + 1)]
    public void Days_have_bounds(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Offsets.DaysBefore(At("2026-11-30 18:00"), Berlin.Time, days, LocalTime.Noon));

    [Theory]
    [InlineData(-1)]
    [InlineData(Offsets.HoursMax + 1)]
    public void Hours_have_bounds(int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Offsets.HoursBefore(Utc("2026-11-30 17:00Z"), hours));

    [Fact]
    public void Days_before_show_the_chosen_day_and_clock_around_every_change_of_2026_to_2030() =>
        (from changeDay in AnyChangeDay
         from daysAfter in Gen.Int[0, 30]
         from startMinute in Gen.Int[0, 1439]
         from days in Gen.Int[0, 60]
         from atMinute in Gen.Int[0, 1439]
         select (Start: changeDay.PlusDays(daysAfter).AtMidnight().PlusMinutes(startMinute),
             days, At: LocalTime.Midnight.PlusMinutes(atMinute)))
        .Sample(rule => HoldsByDays(rule.Start, rule.days, rule.At), iter: SamplesEach);

    [Fact]
    public void Days_before_hold_for_every_minute_of_every_change_day_of_2026_to_2030()
    {
        foreach (var changeDay in ChangeDays)
        {
            for (var minute = 0; minute < NodaConstants.MinutesPerDay; minute++)
                HoldsByDays(changeDay.PlusDays(1).At(new(18, 0)), 1, LocalTime.Midnight.PlusMinutes(minute));
        }
    }

    [Fact]
    public void Hours_before_are_that_many_real_hours_around_every_change_of_2026_to_2030() =>
        (from changeDay in AnyChangeDay
         from minute in Gen.Int[0, 2 * 1440]
         from hours in Gen.Int[0, 72]
         select (Start: Berlin.Time.Shifted(changeDay.AtMidnight().PlusMinutes(minute)), hours))
        .Sample(rule =>
        {
            var due = Offsets.HoursBefore(rule.Start, rule.hours);

            // The wall clock goes back by the same hours, but for what the change of offset between the two added or took.
            var changed = Berlin.Time.Zone.GetUtcOffset(rule.Start) - Berlin.Time.Zone.GetUtcOffset(due);
            Assert.Equal(Duration.FromHours(rule.hours), rule.Start - due);
            Assert.Equal(Berlin.Time.Local(rule.Start).PlusHours(-rule.hours).PlusSeconds(-changed.Seconds), Berlin.Time.Local(due));
        }, iter: SamplesEach);

    // Told by the European rule itself and not by the code under test: from 01:00 UTC on the change day in March until 01:00 UTC
    // on the one in October Berlin is two hours ahead of UTC, else one.
    private static void HoldsByDays(LocalDateTime start, int days, LocalTime at)
    {
        var due = Offsets.DaysBefore(start, Berlin.Time, days, at);

        var wanted = start.Date.PlusDays(-days) + at;
        var (march, october) = (LastSunday(wanted.Year, 3), LastSunday(wanted.Year, 10));
        var skipped = wanted.Date == march && wanted.Hour == 2;
        // Skipped times count as winter time, which shows them an hour later; doubled ones as summer time, which is the earlier.
        var summer = wanted >= march.At(new(3, 0)) && wanted < october.At(new(3, 0));
        Assert.Equal(wanted.InUtc().ToInstant() - Duration.FromHours(summer ? 2 : 1), due);
        Assert.Equal(skipped ? wanted.PlusHours(1) : wanted, Berlin.Time.Local(due));
    }

    private static LocalDate LastSunday(int year, int month) =>
        new LocalDate(year, month, 31).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday));
}
