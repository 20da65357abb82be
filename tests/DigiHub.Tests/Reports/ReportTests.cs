using DigiHub.Bookings;
using DigiHub.Bookings.Demand;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Reports;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reports;

/// <summary>
/// Reports of the use of the hub (bookings.md section 15). Today is Monday 23 November 2026; sites open 8 to 20 on weekdays.
/// </summary>
public abstract class ReportTests(TestDatabase database) : EventTests(database)
{
    private const int Hour = 60, Weekdays = 20, OpenHours = 12;
    private static readonly LocalDate lastTuesday = new(2026, 11, 17);

    [Fact]
    public async Task Open_hours_are_those_of_the_site_less_closures()
    {
        await Lay(Cast.WestDesk, lastTuesday.PlusDays(-35), 9, 10); // so that the hub is old enough
        var whole = Use(await Make(Cast.West.Id), Cast.WestDesk);
        Assert.Equal(Weekdays * OpenHours * Hour, whole.Open);

        await TestHub.Lay(Closed(Cast.WestDesk, lastTuesday + new LocalTime(18, 0), lastTuesday.PlusDays(1) + new LocalTime(9, 0)));

        Assert.Equal(whole.Open - 2 * Hour - Hour, Use(await Make(Cast.West.Id), Cast.WestDesk).Open);
    }

    [Fact]
    public async Task Booked_is_what_lies_within_opening_hours_and_used_is_what_nobody_missed()
    {
        await Lay(Cast.WestDesk, lastTuesday.PlusDays(-35), 9, 10);
        await Lay(Cast.WestDesk, lastTuesday, 7, 9); // it opens at 8
        await Lay(Cast.WestDesk, lastTuesday, 10, 12, BookingStatus.Released);
        await Lay(Cast.WestDesk, lastTuesday, 13, 14, BookingStatus.Cancelled);
        await Lay(Cast.WestDesk, new LocalDate(2026, 11, 20), 18, 20, days: 3); // Friday evening until Monday: today does not count

        var report = await Make(Cast.West.Id);

        Assert.Equal((5 * Hour, 3 * Hour), (Use(report, Cast.WestDesk).Booked, Use(report, Cast.WestDesk).Used));
        var desks = report.Kinds.Single(kind => kind.Kind == SpaceKind.Desk);
        Assert.Equal((3, 40), (desks.Bookings, desks.Minutes.UnusedShare));
        Assert.Null(desks.NoShows); // one, which could be somebody
        Assert.Equal(LocalDate.FromDateTime(new(2026, 10, 26)), report.From);
        Assert.Equal(new LocalDate(2026, 11, 23), report.Until);
    }

    [Fact]
    public async Task Five_no_shows_are_counted_out_and_none_is_none()
    {
        for (var day = 1; day <= 5; day++)
            await Lay(Cast.WestDesk, lastTuesday.PlusDays(-7 * day), 9, 10, BookingStatus.Released);
        await Lay(Cast.Havel, lastTuesday, 9, 10);

        var report = await Make(Cast.West.Id, ReportSpan.Quarter);

        Assert.Equal(5, report.Kinds.Single(kind => kind.Kind == SpaceKind.Desk).NoShows);
        Assert.Equal(0, report.Kinds.Single(kind => kind.Kind == SpaceKind.Room).NoShows);
    }

    [Fact]
    public async Task A_hall_counts_as_its_parts_and_an_event_as_use()
    {
        await Lay(Cast.Spree, lastTuesday.PlusDays(-35), 9, 10);
        await Lay(Cast.Hall, lastTuesday, 9, 11);
        var evt = await Publish();
        await TestHub.Read(db => db.Events.Where(one => one.Id == evt.Id).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.StartLocal, lastTuesday + new LocalTime(18, 0))
            .SetProperty(one => one.EndLocal, lastTuesday + new LocalTime(21, 0)), Stop));

        var report = await Make(Cast.East.Id, hoursOf: SpaceKind.Room);

        Assert.DoesNotContain(report.Spaces, one => one.Space.Id == Cast.Hall.Id);
        Assert.Equal((4 * Hour, 4 * Hour), (Use(report, Cast.Spree).Booked, Use(report, Cast.Spree).Used)); // closed from 20
        Assert.Equal(2 * Hour, Use(report, Cast.Panke).Booked);
        Assert.Equal(1, report.Kinds.Single(kind => kind.Kind == SpaceKind.Room).Bookings);
        var nine = report.Hours.Single(one => one is { Day: IsoDayOfWeek.Tuesday, Hour: 9 });
        Assert.Equal(2 * Hour, nine.Minutes.Booked);
        Assert.DoesNotContain(report.Hours, one => one.Hour is < 8 or >= 20 || one.Day is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
    }

    /// <summary>Promised times count: an hour on the wall is an hour, also where the clock is put back in between.</summary>
    [Fact]
    public async Task Days_on_which_the_clock_changes_have_as_many_open_hours_as_others()
    {
        await Lay(Cast.WestDesk, new LocalDate(2026, 3, 2), 9, 10);
        await Lay(Cast.WestDesk, new LocalDate(2026, 10, 23), 18, 10, days: 3); // Friday to Monday, over the end of summer time

        var report = await Make(Cast.West.Id, ReportSpan.Quarter);

        Assert.Equal(4 * Hour, Use(report, Cast.WestDesk).Booked);
        Assert.Equal(65 * OpenHours * Hour, Use(report, Cast.WestDesk).Open);
    }

    [Fact]
    public async Task The_time_before_is_compared_only_where_there_is_a_whole_one()
    {
        await Lay(Cast.WestDesk, lastTuesday.PlusDays(-28), 8, 20);
        Assert.Null((await Make(Cast.West.Id)).Before);
        await Lay(Cast.WestDesk, lastTuesday.PlusDays(-90), 9, 10);

        Assert.Equal(OpenHours * Hour, (await Make(Cast.West.Id)).Before?.Used);
    }

    [Fact]
    public async Task A_hub_without_bookings_has_a_report_of_nothing()
    {
        var report = await Make();

        Assert.Equal((0, 0, null), (report.Days, report.Bookings, report.LeadHours));
        Assert.Empty(report.Hours);
        Assert.Empty(report.Wishes);
    }

    [Fact]
    public async Task Half_of_the_bookings_are_made_at_least_so_long_before()
    {
        foreach (var (day, ahead) in ((int, int)[])[(0, 1), (1, 10), (2, 100)])
            await Lay(Cast.WestDesk, lastTuesday.PlusDays(day), 9, 10, ahead: Duration.FromHours(ahead));

        Assert.Equal(10, (await Make(Cast.West.Id)).LeadHours);
    }

    [Fact]
    public async Task Only_who_sees_the_administration_of_a_site_reads_its_report()
    {
        Assert.Null(await TestHub.Get<MakeReport>().Run(new(), Cast.As(Cast.Ada), Stop));
        Assert.Null(await TestHub.Get<MakeReport>().Run(new(), Cast.As(Cast.Frieda), Stop));
        Assert.Null(await TestHub.Get<MakeReport>().Run(new(SiteId: 4711), Cast.As(Cast.Alan), Stop));
        Assert.Equal(2, (await Make()).Places.Count);
    }

    [Fact]
    public async Task What_was_wished_in_vain_is_counted_once_a_minute_for_each_who_asked()
    {
        var monday = new LocalDate(2026, 11, 30);
        var ten = DigiHub.Bookings.When.Between(monday + new LocalTime(10, 0), monday + new LocalTime(11, 0));
        await TestHub.Book(Cast.Ada, Cast.Spree, ten);
        for (var i = 0; i < 3; i++)
            await TestHub.TryBook(Cast.Bob, Cast.Spree, ten);
        await TestHub.TryBook(Cast.Grace, Cast.Spree, ten);
        await TestHub.TryBook(Cast.Grace, Cast.Spree, DigiHub.Bookings.When.Between(
            monday + new LocalTime(22, 0), monday + new LocalTime(23, 0)));
        await TestHub.Get<FreeSpaces>().Run(
            new() { When = ten, SiteId = Cast.East.Id, Kind = SpaceKind.Room, People = Cast.Hall.Capacity }, Stop);

        Assert.Equal(4, await TestHub.Get<UnmetWishes>().Run(Stop)); // so many sit in the hall alone, of which Spree is a part
        await TestHub.TryBook(Cast.Grace, Cast.Spree, ten);
        Assert.Equal(1, await TestHub.Get<UnmetWishes>().Run(Stop));
        Assert.Equal(0, await TestHub.Get<UnmetWishes>().Run(Stop));

        TestHub.Clock.AdvanceDays(14);
        var wishes = (await Make(Cast.East.Id)).Wishes;
        Assert.Equal(("slot_taken", 3, IsoDayOfWeek.Monday, 10),
            (wishes[0].Code, wishes[0].Count, wishes[0].Day, wishes[0].Hour));
        Assert.Contains(wishes, one => one is { Code: "outside_opening_hours", Hour: 22, Count: 1, Kind: SpaceKind.Room });
        Assert.Contains(wishes, one => one is { Code: UnmetWish.NothingFree, Hour: 10, Count: 1 });
    }

    [Fact]
    public async Task Wishes_of_several_processes_add_up()
    {
        var noon = new LocalDateTime(2026, 11, 24, 12, 0);
        await using var other = TestHub.AnotherProcess();
        TestHub[] both = [TestHub, other];
        foreach (var process in both)
            for (var i = 0; i < 4; i++)
                process.Get<UnmetWishes>().Note("slot_taken", Cast.East.Id, SpaceKind.Desk, noon, Guid.CreateVersion7());

        await Task.WhenAll(both.Select(process => process.Get<UnmetWishes>().Run(Stop)));

        Assert.Equal(8, (await TestHub.Read(db => db.UnmetWishes.SingleAsync(Stop))).Count);
    }

    private async Task<Report> Make(int? siteId = null, ReportSpan span = ReportSpan.FourWeeks, SpaceKind hoursOf = SpaceKind.Desk)
    {
        var report = await TestHub.Get<MakeReport>().Run(new(siteId, span, hoursOf), Cast.As(Cast.Alan), Stop);
        Assert.NotNull(report);
        return report;
    }

    private static Minutes Use(Report report, Space space) => report.Spaces.Single(one => one.Space.Id == space.Id).Minutes;

    private Task Lay(
        Space space, LocalDate day, int from, int until, BookingStatus status = BookingStatus.Confirmed, int days = 0,
        Duration? ahead = null)
    {
        var (start, end) = (day + new LocalTime(from, 0), day.PlusDays(days) + new LocalTime(until, 0));
        var at = start.InZoneLeniently(Berlin).ToInstant();
        return TestHub.Lay(new Booking
        {
            Id = Guid.CreateVersion7(),
            SpaceId = space.Id,
            SiteId = space.SiteId,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Ada.Id,
            StartLocal = start,
            EndLocal = end,
            Start = at,
            End = end.InZoneLeniently(Berlin).ToInstant(),
            Status = status,
            CreatedAt = at - (ahead ?? Duration.FromDays(1)),
            CancelledAt = status == BookingStatus.Confirmed ? null : at,
        });
    }

    private static SpaceClosure Closed(Space space, LocalDateTime from, LocalDateTime until) => new()
    {
        Id = Guid.CreateVersion7(),
        SpaceId = space.Id,
        LocalStart = from,
        LocalEnd = until,
        Start = from.InZoneLeniently(Berlin).ToInstant(),
        End = until.InZoneLeniently(Berlin).ToInstant(),
        Reason = new("Reparatur", "Repair"),
    };

    public sealed class OnSqlite(SqliteDatabase database) : ReportTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ReportTests(database), IClassFixture<PostgresDatabase>;
}
