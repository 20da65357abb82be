using DigiHub.Time;

namespace DigiHub.Tests.Time;

/// <summary>
/// Both kinds of reminder on every day of 2026 to 2030 on which the clocks change, in Berlin and where they do it otherwise: by half
/// an hour, at midnight, in the south, by a whole day.
/// </summary>
public sealed class ReminderTimeTests
{
    private static readonly Instant from = Instant.FromUtc(2026, 1, 1, 0, 0), until = Instant.FromUtc(2031, 1, 1, 0, 0);

    public static TheoryData<string> Zones => new(
        "Europe/Berlin", "Europe/London", "America/New_York", "America/Santiago", "America/St_Johns",
        "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "Asia/Beirut");

    [Theory]
    [MemberData(nameof(Zones))]
    public void Reminders_by_days_show_the_wanted_time_if_the_day_has_it(string zoneId)
    {
        var site = SiteTime.Of(zoneId);
        foreach (var change in Changes(site))
        {
            var wall = new WallClock(site, change);
            foreach (var wanted in wall.EveryTimeOfTheDay)
            {
                var due = ReminderTime.Days(3, wanted.TimeOfDay).Due(wanted.Date.PlusDays(3).At(new(18, 0)), site);

                Assert.Equal(wall.FirstShows(wanted) ?? wall.FirstShows(wanted + wall.Gap), due);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Reminders_by_hours_and_minutes_are_that_long_before_whatever_the_clocks_do(string zoneId)
    {
        var site = SiteTime.Of(zoneId);
        foreach (var change in Changes(site))
        {
            var wall = new WallClock(site, change);
            foreach (var start in wall.EveryTimeOfTheDay.Where(site.Exists))
            {
                var starts = wall.FirstShows(start)!.Value;

                Assert.Equal(starts - Duration.FromHours(2), ReminderTime.Hours(2).Due(start, site));
                Assert.Equal(starts - Duration.FromHours(72), ReminderTime.Hours(72).Due(start, site));
                Assert.Equal(starts - Duration.FromMinutes(45), ReminderTime.Minutes(45).Due(start, site));
            }
        }
    }

    [Fact]
    public void Berlin_changes_its_clocks_ten_times_in_these_years() =>
        Assert.Equal(Berlin.ChangeDays, Changes(Berlin.Time).Select(Berlin.Time.DateOf).Order());

    [Theory]
    [InlineData(ReminderKind.CalendarDays, 0, false)]
    [InlineData(ReminderKind.CalendarDays, 1, true)]
    [InlineData(ReminderKind.CalendarDays, 60, true)]
    [InlineData(ReminderKind.CalendarDays, 61, false)]
    [InlineData(ReminderKind.Elapsed, 0, false)]
    [InlineData(ReminderKind.Elapsed, 72, true)]
    [InlineData(ReminderKind.Elapsed, 73, false)]
    [InlineData(ReminderKind.ElapsedMinutes, 0, false)]
    [InlineData(ReminderKind.ElapsedMinutes, 10080, true)]
    [InlineData(ReminderKind.ElapsedMinutes, 10081, false)]
    public void Has_bounds(ReminderKind kind, int amount, bool possible)
    {
        var at = kind == ReminderKind.CalendarDays ? LocalTime.Noon : (LocalTime?)null;

        Assert.Equal(possible, new ReminderTime(kind, amount, at).IsPossible);
        Assert.False(new ReminderTime(kind, amount, at is null ? LocalTime.Noon : null).IsPossible);
    }

    private static IEnumerable<Instant> Changes(SiteTime site) =>
        site.Zone.GetZoneIntervals(new Interval(from, until))
            .Where(interval => interval.HasStart && interval.Start >= from).Select(interval => interval.Start);

    /// <summary>
    /// The local time, minute by minute, for two days around a change: independent of the code
    /// that turns local times into instants.
    /// </summary>
    private sealed class WallClock
    {
        private readonly Dictionary<LocalDateTime, Instant> first = [];
        private readonly LocalDate day;

        public WallClock(SiteTime site, Instant change)
        {
            day = site.DateOf(change - Duration.Epsilon);
            for (var minute = -36 * 60; minute <= 36 * 60; minute++)
            {
                var instant = change + Duration.FromMinutes(minute);
                first.TryAdd(site.Local(instant), instant);
            }

            var jump = Period.Between(site.Local(change - Duration.FromMinutes(1)), site.Local(change), PeriodUnits.Minutes).Minutes - 1;
            Gap = Period.FromMinutes(Math.Max(0, jump));
        }

        /// <summary>What the clocks skipped; nothing where they went back.</summary>
        public Period Gap { get; }

        /// <summary>
        /// Every minute between the midnights around the day of the change and, where it happens at midnight, the next one.
        /// </summary>
        public IEnumerable<LocalDateTime> EveryTimeOfTheDay =>
            Enumerable.Range(0, NodaConstants.MinutesPerDay + 180).Select(minute => day.AtMidnight().PlusMinutes(minute));

        /// <summary>Null for a time that was skipped.</summary>
        public Instant? FirstShows(LocalDateTime wanted) => first.TryGetValue(wanted, out var instant) ? instant : null;
    }
}
