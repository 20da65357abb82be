using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class OpeningHoursTests
{
    private static readonly DayHours Weekday = new(new(8, 0), new(20, 0));
    private static readonly DayHours Short = new(new(9, 0), LocalTime.Midnight);

    // Monday to Thursday 8 to 20, Friday 9 to 24, weekends closed; 23 November 2026 is a Monday.
    private static readonly Dictionary<IsoDayOfWeek, DayHours> Week = new()
    {
        [IsoDayOfWeek.Monday] = Weekday,
        [IsoDayOfWeek.Tuesday] = Weekday,
        [IsoDayOfWeek.Wednesday] = Weekday,
        [IsoDayOfWeek.Thursday] = Weekday,
        [IsoDayOfWeek.Friday] = Short,
    };

    private static readonly Words Rebuilding = new("rebuilding", "Umbau");

    private static readonly OpeningHours Hub = new(Week, [new(Day("2026-12-28"), Day("2026-12-30"), Rebuilding)], holidays: Land.BE);

    [Theory]
    [InlineData("2026-11-23 08:00", "2026-11-23 20:00", null)] // exactly the hours
    [InlineData("2026-11-23 07:59", "2026-11-23 10:00", "start")]
    [InlineData("2026-11-23 19:59", "2026-11-23 20:00", null)]
    [InlineData("2026-11-23 19:59", "2026-11-23 20:01", "end")]
    [InlineData("2026-11-23 20:00", "2026-11-23 21:00", "start")]
    [InlineData("2026-11-23 06:00", "2026-11-23 08:00", "start")]
    [InlineData("2026-11-27 22:00", "2026-11-28 00:00", null)] // Friday until midnight touches no Saturday
    [InlineData("2026-11-23 18:00", "2026-11-24 09:00", null)] // over night
    [InlineData("2026-11-23 18:00", "2026-11-24 08:00", null)]
    [InlineData("2026-11-23 18:00", "2026-11-24 07:59", "end")]
    [InlineData("2026-11-23 18:00", "2026-11-24 20:01", "end")]
    [InlineData("2026-11-23 20:00", "2026-11-24 09:00", "start")]
    [InlineData("2026-11-23 18:00", "2026-11-24 00:00", "end")]
    public void Is_open_for_the_whole_of_a_span_or_says_which_end_sticks_out(string start, string end, string? field)
    {
        var refusal = Hub.Check(new(At(start), At(end)));

        Assert.Equal(field is null ? null : "outside_opening_hours", refusal?.Code);
        Assert.Equal(field, refusal?.Field);
    }

    [Theory]
    [InlineData("2026-11-22 09:00", "2026-11-22 10:00")] // a Sunday
    [InlineData("2026-11-27 18:00", "2026-11-30 10:00")] // a weekend between
    [InlineData("2026-11-27 18:00", "2026-11-28 00:01")]
    [InlineData("2027-03-08 09:00", "2027-03-08 10:00")] // a holiday
    [InlineData("2026-12-28 09:00", "2026-12-28 10:00")] // first day of a closure
    [InlineData("2026-12-30 09:00", "2026-12-30 10:00")] // last day of it
    public void Refuses_a_span_that_touches_a_closed_day(string start, string end) =>
        Assert.Equal("closed_that_day", Hub.Check(new(At(start), At(end)))?.Code);

    [Theory]
    [InlineData(LocalSpan.DatesMax, null)]
    [InlineData(LocalSpan.DatesMax + 1, "span_too_long")]
    public void Refuses_to_walk_more_days_than_a_span_may_touch(int days, string? code)
    {
        var always = new OpeningHours(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)
            .ToDictionary(day => day, _ => new DayHours(LocalTime.Midnight, LocalTime.Midnight)), [], holidays: null);
        var start = At("2026-11-23 00:00");

        Assert.Equal(code, always.Check(new(start, start.PlusDays(days)))?.Code);
    }

    [Fact]
    public void Names_the_hours_and_what_to_do()
    {
        var refusal = Hub.Check(LocalSpan.On(Day("2026-11-23"), new(19, 0), new(21, 0)))!;

        Assert.Equal("Open from 08:00 to 20:00 on Monday 23 November 2026. Choose a time within these hours.", refusal.Message.English);
        Assert.Equal(
            "Am Montag, dem 23. November 2026, ist von 08:00 bis 20:00 Uhr geöffnet. Wählen Sie eine Zeit innerhalb dieser Öffnungszeiten.",
            refusal.Message.German);
    }

    [Fact]
    public void Names_the_reason_and_the_next_open_day()
    {
        var refusal = Hub.Check(LocalSpan.On(Day("2027-03-08"), new(9, 0), new(10, 0)))!;

        Assert.Equal("Closed on Monday 8 March 2027 (public holiday: Women’s Day). The next open day is Tuesday 9 March 2027.",
            refusal.Message.English);
        Assert.Equal(
            "Am Montag, dem 8. März 2027, ist geschlossen (Feiertag: Frauentag). Der nächste offene Tag ist Dienstag, 9. März 2027.",
            refusal.Message.German);
    }

    [Fact]
    public void Promises_no_open_day_where_there_is_none()
    {
        var never = new OpeningHours(new Dictionary<IsoDayOfWeek, DayHours>(), [], holidays: null);

        var refusal = never.Check(LocalSpan.WholeDay(Day("2026-11-23")))!;

        Assert.EndsWith("Choose another day.", refusal.Message.English, StringComparison.Ordinal);
        Assert.EndsWith("Wählen Sie einen anderen Tag.", refusal.Message.German, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23", null, null)]
    [InlineData("2026-11-22", "closed on Sundays", "sonntags geschlossen")]
    [InlineData("2026-11-28", "closed on Saturdays", "samstags geschlossen")]
    [InlineData("2026-12-25", "public holiday: Christmas Day", "Feiertag: 1. Weihnachtstag")]
    [InlineData("2026-10-03", "public holiday: Day of German Unity", "Feiertag: Tag der Deutschen Einheit")] // a Saturday too
    [InlineData("2026-12-29", "rebuilding", "Umbau")]
    [InlineData("1994-11-21", "outside the hub’s calendar", "außerhalb des Kalenders des Hubs")]
    [InlineData("9999-12-31", "outside the hub’s calendar", "außerhalb des Kalenders des Hubs")]
    public void Says_why_it_is_closed_by_the_most_particular_reason(string date, string? english, string? german)
    {
        var why = Hub.WhyClosed(Day(date));

        Assert.Equal((english, german), (why?.English, why?.German));
        Assert.Equal(why is null, Hub.On(Day(date)) is not null);
    }

    [Fact]
    public void Keeps_holidays_only_where_the_site_does()
    {
        var busy = new OpeningHours(Week, [], holidays: null);

        Assert.Equal(Weekday, busy.On(Day("2027-03-08")));
        Assert.Null(Hub.On(Day("2027-03-08")));
    }

    [Theory]
    [InlineData("2026-11-23", 30, "2026-11-23")] // the day itself
    [InlineData("2026-11-28", 30, "2026-11-30")]
    [InlineData("2026-11-28", 2, "2026-11-30")]
    [InlineData("2026-11-28", 1, null)]
    [InlineData("2026-12-25", 30, "2026-12-31")] // Christmas, a weekend and a closure
    [InlineData("2026-11-22", 0, null)]
    [InlineData("2299-12-31", 400, null)] // a Sunday, and the calendar ends
    [InlineData("9999-12-31", 400, null)]
    public void Finds_the_next_open_day(string from, int withinDays, string? open) =>
        Assert.Equal(open is null ? null : Day(open), Hub.NextOpenDay(Day(from), withinDays));

    [Theory]
    [InlineData(-1)]
    [InlineData(OpeningHours.LookAheadDaysMax + 1)]
    public void Looks_ahead_only_so_far(int withinDays) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Hub.NextOpenDay(Day("2026-11-23"), withinDays));

    [Fact]
    public void Cannot_be_built_of_nonsense()
    {
        Assert.Throws<ArgumentException>(() =>
            new OpeningHours(new Dictionary<IsoDayOfWeek, DayHours> { [IsoDayOfWeek.None] = Weekday }, [], Land.BE));
        Assert.Throws<ArgumentException>(() => new ClosedDays(Day("2026-12-30"), Day("2026-12-29"), Rebuilding));
        Assert.Throws<ArgumentException>(() => new ClosedDays(Day("2026-12-29"), Day("2026-12-29"), Rebuilding with { English = " " }));
        Assert.Throws<ArgumentException>(() => new ClosedDays(Day("2026-12-29"), Day("2026-12-29"), Rebuilding with { German = "" }));
    }
}
