using DigiHub.Bookings;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings;

/// <summary>
/// Each rule at its edges. It is Monday 23 November 2026, 09:00 in Berlin; the site is open on weekdays from 08:00 to 20:00
/// and keeps the public holidays.
/// </summary>
public sealed class BookingRulesTests
{
    private static readonly Instant Now = TestHub.Opening;
    private static readonly SiteContext East = Place(Enumerable.Range(1, 5));
    private static readonly SiteContext NeverClosed =
        Place(Enumerable.Range(1, 7), opens: LocalTime.Midnight, closes: LocalTime.Midnight, holidays: false);

    [Theory]
    [InlineData("2026-11-24T08:00", "2026-11-24T09:00", null)]
    [InlineData("2026-11-24T07:45", "2026-11-24T09:00", "outside_opening_hours")]
    [InlineData("2026-11-24T19:00", "2026-11-24T20:00", null)]
    [InlineData("2026-11-24T19:00", "2026-11-24T20:15", "outside_opening_hours")]
    [InlineData("2026-11-28T10:00", "2026-11-28T11:00", "closed_that_day")] // a Saturday
    [InlineData("2026-12-25T10:00", "2026-12-25T11:00", "closed_that_day")] // Christmas, a Friday
    [InlineData("2026-12-03T10:00", "2026-12-03T11:00", "closed_that_day")] // the site's own closure
    [InlineData("2026-12-04T10:00", "2026-12-04T11:00", null)]
    public void Keeps_the_opening_hours(string start, string end, string? code) => AssertSays(code, Room(), East, start, end);

    [Theory]
    [InlineData("2026-11-24T10:15", "2026-11-24T10:45", null)]
    [InlineData("2026-11-24T10:10", "2026-11-24T10:45", "off_the_grid")]
    [InlineData("2026-11-24T10:15", "2026-11-24T10:50", "off_the_grid")]
    [InlineData("2026-11-24T10:15:30", "2026-11-24T10:45:30", "off_the_grid")]
    public void Books_in_steps_of_the_clock(string start, string end, string? code) => AssertSays(code, Room(), East, start, end);

    [Theory]
    [InlineData("2026-11-24T08:00", "2026-11-24T13:00", null)]
    [InlineData("2026-11-24T13:00", "2026-11-24T20:00", null)]
    [InlineData("2026-11-24T08:00", "2026-11-24T20:00", null)]
    [InlineData("2026-11-24T08:00", "2026-11-24T12:00", "off_the_grid")]
    [InlineData("2026-11-24T09:00", "2026-11-24T20:00", "off_the_grid")]
    public void Books_a_desk_by_halves_of_the_day(string start, string end, string? code) => AssertSays(code, Desk(), East, start, end);

    [Theory]
    [InlineData("2026-11-24T08:00", "2026-11-24T20:00", null)]
    [InlineData("2026-11-24T08:00", "2026-11-24T13:00", "off_the_grid")]
    public void Books_by_the_day_from_opening_to_closing(string start, string end, string? code) =>
        AssertSays(code, Desk(Granularity.Day), East, start, end);

    [Theory]
    [InlineData("2026-11-24T08:00", "2026-11-26T20:00", null)] // three days
    [InlineData("2026-11-23T08:00", "2026-11-27T20:00", null)] // five days, the most, and this morning still runs
    [InlineData("2026-11-24T13:00", "2026-11-26T20:00", "off_the_grid")]
    [InlineData("2026-11-24T08:00", "2026-11-26T13:00", "off_the_grid")]
    [InlineData("2026-11-27T08:00", "2026-11-30T20:00", "closed_that_day")] // over a weekend
    [InlineData("2026-11-23T08:00", "2026-11-28T20:00", "too_long")] // six days
    public void Books_several_days_from_the_first_opening_to_the_last_closing(string start, string end, string? code) =>
        AssertSays(code, Desk(), East, start, end);

    [Theory]
    [InlineData(15, "too_short")]
    [InlineData(30, null)]
    [InlineData(120, null)]
    [InlineData(135, "too_long")]
    public void Keeps_the_shortest_and_the_longest_length(int minutes, string? code)
    {
        var start = new LocalDateTime(2026, 11, 24, 10, 0);

        AssertSays(code, Room(minMinutes: 30, maxMinutes: 120), East, start, start.PlusMinutes(minutes));
    }

    [Theory]
    [InlineData(-15, "in_the_past")] // 08:45, whose quarter of an hour is over
    [InlineData(0, null)]
    [InlineData(15, null)]
    public void A_booking_may_start_in_the_step_that_runs(int minutesFromNow, string? code)
    {
        var start = new LocalDateTime(2026, 11, 23, 9, 0).PlusMinutes(minutesFromNow);

        AssertSays(code, Room(), East, start, start.PlusMinutes(60));
        AssertSays(code, Room(), East, start, start.PlusMinutes(60), Now + Duration.FromMinutes(15) - Duration.FromSeconds(1));
    }

    [Theory]
    [InlineData("2026-11-23T08:00", "2026-11-23T13:00", 12, 59, null)]
    [InlineData("2026-11-23T08:00", "2026-11-23T13:00", 13, 0, "in_the_past")]
    [InlineData("2026-11-23T08:00", "2026-11-23T20:00", 12, 59, null)]
    [InlineData("2026-11-23T08:00", "2026-11-23T20:00", 13, 0, "in_the_past")] // half of it is over: the afternoon can be had
    [InlineData("2026-11-23T13:00", "2026-11-23T20:00", 19, 59, null)]
    [InlineData("2026-11-23T13:00", "2026-11-23T20:00", 20, 0, "in_the_past")]
    public void Half_a_day_may_be_booked_while_it_runs(string start, string end, int hour, int minute, string? code) =>
        AssertSays(code, Desk(), East, Local(start), Local(end), At(hour, minute));

    [Theory]
    [InlineData(19, 59, null)]
    [InlineData(20, 0, "in_the_past")]
    public void A_day_may_be_booked_until_it_closes(int hour, int minute, string? code) =>
        AssertSays(code, Desk(Granularity.Day), East, Local("2026-11-23T08:00"), Local("2026-11-23T20:00"), At(hour, minute));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)] // exactly two hours ahead
    [InlineData(1, "notice_too_short")]
    public void Notice_is_exact_minutes(int secondsLate, string? code) =>
        AssertSays(code, Room(noticeMinutes: 120), East, Local("2026-11-23T11:00"),
            Local("2026-11-23T12:00"), Now + Duration.FromSeconds(secondsLate));

    [Theory]
    [InlineData("2026-12-07T19:00", "2026-12-07T20:00", null)] // fourteen days, to the end of that day
    [InlineData("2026-12-08T08:00", "2026-12-08T09:00", "beyond_horizon")]
    public void The_horizon_is_calendar_days_to_the_end_of_the_last(string start, string end, string? code) =>
        AssertSays(code, Room(horizonDays: 14), East, start, end);

    [Fact]
    public void The_horizon_moves_at_midnight_in_Berlin()
    {
        var (start, end) = (Local("2026-12-08T08:00"), Local("2026-12-08T09:00"));

        AssertSays("beyond_horizon", Room(horizonDays: 14), East, start, end, Instant.FromUtc(2026, 11, 23, 22, 59, 59));
        AssertSays(null, Room(horizonDays: 14), East, start, end, Instant.FromUtc(2026, 11, 23, 23, 0));
    }

    [Fact]
    public void A_booking_that_keeps_its_start_is_asked_for_no_notice()
    {
        var asked = new LocalSpan(Local("2026-11-23T09:15"), Local("2026-11-23T10:00"));

        Assert.Equal("notice_too_short", BookingRules.Check(Room(noticeMinutes: 120), East, asked, Now).Refusal?.Code);
        Assert.True(BookingRules.CheckSameStart(Room(noticeMinutes: 120), East, asked, Now).IsDone);
    }

    [Theory]
    [InlineData("2027-03-28T02:30", "2027-03-28T04:00", "time_does_not_exist")]
    [InlineData("2027-03-28T01:00", "2027-03-28T02:00", "time_does_not_exist")]
    [InlineData("2027-03-28T01:00", "2027-03-28T03:00", null)] // one real hour
    public void On_the_night_the_clocks_go_forward(string start, string end, string? code)
    {
        var span = AssertSays(code, Room(maxMinutes: 60), NeverClosed, Local(start), Local(end), Instant.FromUtc(2027, 3, 20, 8, 0));

        if (code is null)
            Assert.Equal(Duration.FromHours(1), span!.Value.Length);
    }

    [Theory]
    [InlineData(2026, 10, 25)]
    [InlineData(2027, 10, 31)]
    public void On_the_night_the_clocks_go_back_a_time_that_comes_twice_is_the_earlier(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        var now = Instant.FromUtc(year, month, day, 0, 0) - Duration.FromDays(7);

        var early = AssertSays(null, Room(), NeverClosed, date + new LocalTime(2, 30), date + new LocalTime(2, 45), now);
        var across = AssertSays(null, Room(), NeverClosed, date + new LocalTime(2, 0), date + new LocalTime(3, 0), now);

        Assert.Equal(Instant.FromUtc(year, month, day, 0, 30), early!.Value.Start);
        Assert.Equal(Duration.FromHours(2), across!.Value.Length);
    }

    [Fact]
    public void The_longest_length_is_real_hours_on_the_night_the_clocks_go_back()
    {
        var date = new LocalDate(2027, 10, 31);

        AssertSays("too_long", Room(maxMinutes: 60), NeverClosed, date + new LocalTime(2, 0),
            date + new LocalTime(3, 0), Instant.FromUtc(2027, 10, 25, 8, 0));
    }

    [Theory]
    [InlineData("2027-03-28", 8)] // 23 hours long
    [InlineData("2026-10-25", 9)]
    [InlineData("2027-10-31", 9)]
    public void A_whole_day_keeps_its_wall_clock_on_the_days_the_clocks_change(string day, int utcHourOfMorningEnd)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var place = Place(Enumerable.Range(1, 7), opens: new(1, 0), closes: new(20, 0));

        var span = AssertSays(null, Desk(), place, date + new LocalTime(1, 0), date + new LocalTime(20, 0),
            date.AtStartOfDayInZone(place.Time.Zone).ToInstant() - Duration.FromDays(3));

        Assert.Equal(Duration.FromHours(19 + (utcHourOfMorningEnd == 8 ? -1 : 1)), span!.Value.Length);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, "people_out_of_range")]
    [InlineData(1, null)]
    [InlineData(8, null)]
    [InlineData(9, "too_many_people")]
    public void As_many_people_as_there_are_seats(int? people, string? code) =>
        Assert.Equal(code, BookingRules.CheckPeople(Room(), people)?.Code);

    [Theory]
    [InlineData(120, null)]
    [InlineData(121, "title_too_long")]
    public void A_title_has_a_length(int length, string? code) =>
        Assert.Equal(code, BookingRules.CheckTitle(new string('x', length))?.Code);

    [Theory]
    [InlineData(null, null)]
    [InlineData(-1, "reminder_out_of_range")]
    [InlineData(0, null)]
    [InlineData(7 * 24 * 60, null)]
    [InlineData(7 * 24 * 60 + 1, "reminder_out_of_range")]
    public void A_reminder_goes_out_at_most_a_week_before(int? minutes, string? code) =>
        Assert.Equal(code, BookingRules.CheckReminder(minutes is { } before ? ReminderChoice.Minutes(before) : null)?.Code);

    [Fact]
    public void Each_no_names_the_rule_and_what_to_do_in_both_languages()
    {
        var refusal = BookingRules.Check(Desk(), East, new LocalSpan(Local("2026-11-24T09:00"), Local("2026-11-24T10:00")), Now).Refusal!;

        Assert.Equal("E1-01 is booked by the half day. On Tuesday 24 November 2026, choose 08:00 to 13:00, 13:00 to 20:00, or both.",
            refusal.Message.English);
        Assert.Equal("E1-01 wird halbtags gebucht. Wählen Sie am Dienstag, dem 24. "
            + "November 2026, 08:00 bis 13:00 Uhr, 13:00 bis 20:00 Uhr oder beides.", refusal.Message.German);
        Assert.Equal("start", refusal.Field);
    }

    private static Span? AssertSays(string? code, Space space, SiteContext place, string start, string end) =>
        AssertSays(code, space, place, Local(start), Local(end), Now);

    private static Span? AssertSays(
        string? code, Space space, SiteContext place, LocalDateTime start, LocalDateTime end, Instant? now = null)
    {
        var outcome = BookingRules.Check(space, place, new LocalSpan(start, end), now ?? Now);

        Assert.Equal(code, outcome.Refusal?.Code);
        return outcome.IsDone ? outcome.Value : null;
    }

    private static LocalDateTime Local(string text) =>
        NodaTime.Text.LocalDateTimePattern.ExtendedIso.Parse(text.Length == 16 ? text + ":00" : text).Value;

    private static Instant At(int hour, int minute) => Instant.FromUtc(2026, 11, 23, hour - 1, minute);

    private static SiteContext Place(
        IEnumerable<int> days, LocalTime? opens = null, LocalTime? closes = null, bool holidays = true) => new(new Site
        {
            Slug = "east",
            Name = "DigiHub East",
            Sign = "E",
            Street = "Warschauer Straße 1",
            PostCode = "10243",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
            Holidays = holidays ? Land.BE : null,
            Week = [.. days.Select(day =>
                new WeeklyHours { Day = (IsoDayOfWeek)day, Opens = opens ?? new(8, 0), Closes = closes ?? new(20, 0) })],
            Closures = holidays
                ? [new Closure { From = new(2026, 12, 3), Through = new(2026, 12, 3), Reason = new("Bodenpflege", "floor polished") }]
                : [],
        }, QuietHours.Usual);

    private static Space Room(int minMinutes = 15, int maxMinutes = 480, int noticeMinutes = 0, int horizonDays = 400) => new()
    {
        Kind = SpaceKind.Room,
        Name = "Spree",
        Zone = new("Nord", "North"),
        Capacity = 8,
        Rules = new()
        {
            Name = new("Räume", "Rooms"),
            Granularity = Granularity.Minutes,
            StepMinutes = 15,
            MinMinutes = minMinutes,
            MaxMinutes = maxMinutes,
            NoticeMinutes = noticeMinutes,
            HorizonDays = horizonDays,
        },
    };

    private static Space Desk(Granularity granularity = Granularity.HalfDay) => new()
    {
        Kind = SpaceKind.Desk,
        Name = "E1-01",
        Zone = new("Nord", "North"),
        Capacity = 1,
        Rules = new() { Name = new("Arbeitsplätze", "Desks"), Granularity = granularity, MaxDays = 5, HorizonDays = 400 },
    };
}
