using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings;

/// <summary>The questions about bookings: what is free, how a floor stands, what a day looks like, what is mine.</summary>
public abstract class FindingTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task What_one_site_refuses_hides_nothing_of_the_other()
    {
        var free = await Find(new FreeSpacesRequest { When = At(10, 11) }); // a desk is not to be had by the hour, at any site

        Assert.Contains("Spree", free);
        Assert.Contains("Havel", free);
    }

    [Fact]
    public async Task Free_spaces_of_the_right_size_come_first()
    {
        var free = await Find(new FreeSpacesRequest { When = At(10, 11), SiteId = Cast.East.Id, Kind = SpaceKind.Room, People = 9 });

        Assert.Equal(["Panke", "Spree + Panke"], free);
    }

    [Fact]
    public async Task What_is_taken_is_not_free_and_neither_is_its_hall()
    {
        await TestHub.Book(Cast.Bob, Cast.Panke, At(10, 11));

        Assert.Equal(["Spree", "Havel"], await Find(new FreeSpacesRequest { When = At(10, 11), Kind = SpaceKind.Room }));
        Assert.Equal(["Spree", "Panke", "Spree + Panke"],
            await Find(new FreeSpacesRequest { When = At(12, 13), SiteId = Cast.East.Id, Kind = SpaceKind.Room }));
    }

    [Fact]
    public async Task Set_up_counts_on_both_sides_of_what_is_free()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        Assert.DoesNotContain("Spree",
            await Find(new FreeSpacesRequest { When = At(11, 12), SiteId = Cast.East.Id, Kind = SpaceKind.Room }));
        Assert.DoesNotContain("Spree",
            await Find(new FreeSpacesRequest { When = At(9, 10), SiteId = Cast.East.Id, Kind = SpaceKind.Room }));
        Assert.Contains("Spree", await Find(new FreeSpacesRequest { When = At(8, 9), SiteId = Cast.East.Id, Kind = SpaceKind.Room }));
    }

    [Fact]
    public async Task A_part_of_a_day_finds_the_desks_of_both_sites()
    {
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow, DayPart.Afternoon));

        Assert.Equal(["E1-01", "E1-02", "W1-01"],
            await Find(new FreeSpacesRequest { When = When.On(Tomorrow, DayPart.Morning), Kind = SpaceKind.Desk }));
        Assert.Equal(["E1-02", "W1-01"], await Find(new FreeSpacesRequest { When = When.On(Tomorrow), Kind = SpaceKind.Desk }));
    }

    [Fact]
    public async Task A_time_at_which_nothing_can_be_booked_is_refused_in_words()
    {
        var sunday = await TestHub.Get<FreeSpaces>().Run(new FreeSpacesRequest { When = When.On(new(2026, 11, 29)) }, Stop);
        var offTheGrid = await TestHub.Get<FreeSpaces>().Run(new FreeSpacesRequest { When = At(10, 11), Kind = SpaceKind.Desk }, Stop);
        var tooLarge = await TestHub.Get<FreeSpaces>().Run(new FreeSpacesRequest { When = At(10, 11), People = 1_000 }, Stop);

        Assert.Equal(("closed_that_day", "off_the_grid"), (sunday.Refusal?.Code, offTheGrid.Refusal?.Code));
        Assert.Empty(tooLarge.Value);
    }

    [Fact]
    public async Task A_floor_shows_free_taken_partly_free_and_mine()
    {
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow, DayPart.Morning));
        var mine = await TestHub.Book(Cast.Ada, Cast.NextDesk, When.On(Tomorrow));

        var whole = await Floor(When.On(Tomorrow), Cast.As(Cast.Ada));
        var morning = await Floor(When.On(Tomorrow, DayPart.Morning), Viewer.Anonymous);
        var afternoon = await Floor(When.On(Tomorrow, DayPart.Afternoon), Viewer.Anonymous);

        Assert.Equal([(DeskStatus.PartlyFree, null, false, true), (DeskStatus.Mine, mine.Id, false, false)],
            whole.Select(desk => (desk.Status, desk.BookingId, desk.MorningFree, desk.AfternoonFree)));
        Assert.Equal([DeskStatus.PartlyFree, DeskStatus.Taken], morning.Select(desk => desk.Status));
        Assert.Equal([DeskStatus.Free, DeskStatus.Taken], afternoon.Select(desk => desk.Status));
        Assert.All(morning, desk => Assert.Null(desk.BookingId));
    }

    [Fact]
    public async Task What_has_gone_by_is_closed_on_the_floor()
    {
        TestHub.Clock.AdvanceHours(5); // 14:00

        var today = await Floor(When.On(new(2026, 11, 23)), Viewer.Anonymous);

        Assert.All(today, desk => Assert.Equal((DeskStatus.Closed, false, true), (desk.Status, desk.MorningFree, desk.AfternoonFree)));
    }

    [Fact]
    public async Task What_is_out_of_service_is_shown_as_that_and_as_no_booking_and_no_event()
    {
        var (morning, afternoon) = (Tomorrow + new LocalTime(8, 0), Tomorrow + new LocalTime(14, 0));
        foreach (var (space, from) in new[] { (Cast.Desk, morning), (Cast.NextDesk, afternoon), (Cast.Spree, afternoon) })
            Assert.Null((await TestHub.Get<CloseSpace>().Run(new CloseSpaceRequest(
                Cast.Alan.Id, space.Id, from, Tomorrow + new LocalTime(20, 0), new("Paint", "Maler")), Stop)).Refusal);

        var whole = await Floor(When.On(Tomorrow), Cast.As(Cast.Ada));
        var day = await Day(Cast.As(Cast.Ada));

        Assert.Equal([DeskStatus.OutOfService, DeskStatus.PartlyFree], whole.Select(desk => desk.Status));
        Assert.Equal(BusyKind.OutOfService, Assert.Single(BusyIn(day, Cast.Spree)).Kind);
        Assert.Equal(BusyKind.OutOfService, Assert.Single(BusyIn(day, Cast.Hall)).Kind);
    }

    [Fact]
    public async Task A_day_shows_each_room_busy_and_titles_only_to_those_they_are_meant_for()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Hall, At(10, 11));
        await TestHub.Get<MoveBooking>().Run(
            new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, Title = "Board" }, Stop);

        var (adas, bobs, friedas) = (await Day(Cast.As(Cast.Ada)), await Day(Cast.As(Cast.Bob)), await Day(Cast.As(Cast.Frieda)));

        foreach (var room in new[] { Cast.Spree, Cast.Panke, Cast.Hall })
        {
            var busy = new BusySpan(Tomorrow + new LocalTime(9, 45), Tomorrow + new LocalTime(11, 0), BusyKind.Mine, "Board", booking.Id);
            LocalSpan? booked = room == Cast.Hall ? new LocalSpan(Tomorrow + new LocalTime(10, 0), Tomorrow + new LocalTime(11, 0)) : null;
            Assert.Equal([busy with { Booked = booked }], BusyIn(adas, room));
            Assert.Equal([busy with { Kind = BusyKind.Booking }], BusyIn(friedas, room));
            Assert.Equal([busy with { Kind = BusyKind.Booking, Title = null, BookingId = null }], BusyIn(bobs, room));
        }

        Assert.Empty(BusyIn(adas, Cast.Booth));
        Assert.DoesNotContain(adas.Spaces, day => day.Space.Kind == SpaceKind.Desk);
    }

    [Fact]
    public async Task A_cached_picture_is_redrawn_after_each_booking_and_cancelling()
    {
        Assert.Empty(BusyIn(await Day(Viewer.Anonymous), Cast.Spree));

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        Assert.Single(BusyIn(await Day(Viewer.Anonymous), Cast.Spree));

        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        Assert.Empty(BusyIn(await Day(Viewer.Anonymous), Cast.Spree));
    }

    [Fact]
    public async Task What_another_process_frees_shows_within_a_second()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        Assert.Single(BusyIn(await Day(Viewer.Anonymous), Cast.Spree));

        // as another process would
        await TestHub.Read(db => db.Claims.Where(claim => claim.HolderId == booking.Id).ExecuteDeleteAsync(Stop));
        await Task.Delay(TimeSpan.FromMilliseconds(1_100), Stop);

        Assert.Empty(BusyIn(await Day(Viewer.Anonymous), Cast.Spree));
    }

    [Fact]
    public async Task A_day_is_one_picture_for_all_who_have_nothing_on_it_until_something_changes()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var timeline = TestHub.Get<DayTimeline>();

        var forBob = await SeenBy(Cast.Bob);
        Assert.True(forBob.IsShared);
        Assert.Same(forBob, await timeline.Run(Cast.East.Id, Tomorrow, Viewer.Anonymous, kind: null, Stop));
        Assert.NotSame(forBob, await timeline.Run(Cast.East.Id, Tomorrow.PlusDays(1), Viewer.Anonymous, kind: null, Stop));

        var forAda = await SeenBy(Cast.Ada);
        Assert.False(forAda.IsShared);
        Assert.Equal(BusyKind.Mine, Busy(forAda).Single().Kind);
        Assert.Equal((BusyKind.Booking, null), (Busy(forBob).Single().Kind, Busy(forBob).Single().BookingId));
        Assert.Equal(
            [.. forBob.Spaces.Where(room => !room.Space.Units.Exists(unit => unit.UnitId == Cast.Spree.Units[0].UnitId))],
            forAda.Spaces.Where(room => forBob.Spaces.Any(other => ReferenceEquals(other, room))).ToList());

        await Task.Delay(TimeSpan.FromMilliseconds(1_100), Stop); // asked again, and nothing had changed
        Assert.Same(forBob, await SeenBy(Cast.Bob));

        await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15));
        Assert.Equal(2, Busy(await SeenBy(Cast.Bob)).Count);

        async Task<DayPicture> SeenBy(Member member) =>
            (await timeline.Run(Cast.East.Id, Tomorrow, new Viewer(member.Id, []), kind: null, Stop))!;
        IReadOnlyList<BusySpan> Busy(DayPicture picture) => picture.Spaces.Single(space => space.Space.Id == Cast.Spree.Id).Busy;
    }

    [Fact]
    public async Task A_closed_day_says_why()
    {
        var sunday = await TestHub.Get<DayTimeline>().Run(Cast.East.Id, new(2026, 11, 29), Viewer.Anonymous, kind: null, Stop);

        Assert.Null(sunday!.Hours);
        Assert.Equal("closed on Sundays", sunday.WhyClosed?.English);
        Assert.Null(await TestHub.Get<DayTimeline>().Run(999, Tomorrow, Viewer.Anonymous, kind: null, Stop));
    }

    [Fact]
    public async Task My_bookings_come_page_by_page()
    {
        for (var i = 0; i < 5; i++)
            await TestHub.Book(Cast.Ada, Cast.Spree, At(8 + 2 * i, 9 + 2 * i));
        await TestHub.Book(Cast.Ada, Cast.Booth, At(8, 9)); // at the same time as another
        await TestHub.Book(Cast.Bob, Cast.Panke, At(8, 9));

        var seen = new List<Booking>();
        var page = await TestHub.Get<MyBookings>().Upcoming(Cast.Ada.Id, after: null, take: 2, Stop);
        seen.AddRange(page.Items.Select(item => item.Booking));
        while (page.Next is not null)
        {
            page = await TestHub.Get<MyBookings>().Upcoming(Cast.Ada.Id, Cursor.Parse(page.Next.ToString()), take: 2, Stop);
            seen.AddRange(page.Items.Select(item => item.Booking));
        }

        Assert.Equal(6, seen.DistinctBy(booking => booking.Id).Count());
        Assert.Equal(6, seen.Count);
        Assert.Equal(seen.OrderBy(booking => booking.Start).Select(booking => booking.Start), seen.Select(booking => booking.Start));
    }

    [Fact]
    public async Task The_days_of_a_week_or_month_hold_what_only_reaches_into_them_and_are_their_members_alone()
    {
        var inside = await TestHub.Book(Cast.Ada, Cast.Spree, At(8, 9));
        var reaches = await TestHub.Book(Cast.Ada, Cast.Desk, When.Days(Tomorrow.PlusDays(-1), Tomorrow));
        var cancelled = await TestHub.Book(Cast.Ada, Cast.Panke, At(14, 15));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Ada.Id, ifRevision: null, Stop);

        var day = await TestHub.Get<MyBookings>().Between(Cast.Ada.Id, Cast.As(Cast.Ada), Tomorrow, Tomorrow, Stop);
        var dayAfter = await TestHub.Get<MyBookings>().Between(
            Cast.Ada.Id, Cast.As(Cast.Ada), Tomorrow.PlusDays(1), Tomorrow.PlusDays(1), Stop);

        Assert.Equal([reaches.Id, inside.Id], day!.Select(view => view.Booking.Id));
        Assert.Empty(dayAfter!);
        Assert.Null(await TestHub.Get<MyBookings>().Between(Cast.Ada.Id, Cast.As(Cast.Bob), Tomorrow, Tomorrow, Stop));
    }

    [Fact]
    public async Task What_is_over_or_cancelled_is_past_and_the_latest_comes_first()
    {
        var over = await TestHub.Book(Cast.Ada, Cast.Spree, At(8, 9));
        var cancelled = await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15));
        var running = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Ada.Id, ifRevision: null, Stop);
        TestHub.Clock.Reset(running.Start);

        var past = await TestHub.Get<MyBookings>().Past(Cast.Ada.Id, after: null, take: 10, Stop);
        var upcoming = await TestHub.Get<MyBookings>().Upcoming(Cast.Ada.Id, after: null, take: 10, Stop);

        Assert.Equal([cancelled.Id, over.Id], past.Items.Select(item => item.Booking.Id));
        Assert.Equal([running.Id], upcoming.Items.Select(item => item.Booking.Id));
    }

    [Fact]
    public async Task One_booking_is_seen_by_its_member_and_the_front_desk()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(8, 9));

        Assert.Equal("Ada", (await TestHub.Get<OneBooking>().Find(booking.Id, Cast.As(Cast.Ada), Stop))?.MemberName);
        Assert.NotNull(await TestHub.Get<OneBooking>().Find(booking.Id, Cast.As(Cast.Frieda), Stop));
        Assert.Null(await TestHub.Get<OneBooking>().Find(booking.Id, Cast.As(Cast.Bob), Stop));
        Assert.Null(await TestHub.Get<OneBooking>().Find(booking.Id, Viewer.Anonymous, Stop));
    }

    [Fact]
    public async Task The_usual_desk_is_offered_for_the_next_open_day()
    {
        await TestHub.Book(Cast.Ada, Cast.NextDesk, When.On(new(2026, 11, 23), DayPart.Afternoon));

        var offer = await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop);

        Assert.Equal(("E1-02", true, Tomorrow), (offer!.Desk.Name, offer.IsUsual, offer.When.Start.Date));
        Assert.Null(offer.Already);
    }

    [Fact]
    public async Task The_usual_desk_is_the_one_used_most_in_the_last_weeks_and_not_the_one_booked_last()
    {
        await Sat(Cast.NextDesk, daysAgo: 3);
        await Sat(Cast.NextDesk, daysAgo: 4);
        await Sat(Cast.WestDesk, daysAgo: 2);
        foreach (var daysAgo in new[] { 60, 61, 62, 63 })
            await Sat(Cast.Desk, daysAgo);
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tomorrow.PlusDays(2)));

        var offer = await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop);

        Assert.Equal(("E1-02", true), (offer!.Desk.Name, offer.IsUsual));
    }

    [Fact]
    public async Task Of_desks_used_as_often_the_latest_is_the_usual_one()
    {
        await Sat(Cast.NextDesk, daysAgo: 3);
        await Sat(Cast.Desk, daysAgo: 4);

        Assert.Equal("E1-02", (await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop))!.Desk.Name);
    }

    private Task Sat(Space desk, int daysAgo)
    {
        var start = TestHub.Opening - Duration.FromDays(daysAgo);
        return TestHub.Lay(new Booking
        {
            Id = Guid.CreateVersion7(),
            SpaceId = desk.Id,
            SiteId = desk.SiteId,
            MemberId = Cast.Ada.Id,
            BookedById = Cast.Frieda.Id,
            StartLocal = start.InUtc().LocalDateTime,
            EndLocal = start.InUtc().LocalDateTime.PlusHours(4),
            Start = start,
            End = start + Duration.FromHours(4),
            CreatedAt = start,
        });
    }

    [Fact]
    public async Task Where_the_usual_desk_is_taken_the_nearest_is_offered()
    {
        await TestHub.Book(Cast.Ada, Cast.NextDesk, When.On(new(2026, 11, 23), DayPart.Afternoon));
        await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(Tomorrow, DayPart.Morning));

        var offer = await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop);

        Assert.Equal(("E1-01", false), (offer!.Desk.Name, offer.IsUsual));
    }

    [Fact]
    public async Task On_a_Friday_the_desk_is_offered_for_Monday()
    {
        TestHub.Clock.AdvanceDays(4);

        var offer = await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop);

        Assert.Equal(new LocalDate(2026, 11, 30), offer!.When.Start.Date);
    }

    [Fact]
    public async Task Who_has_a_desk_that_day_is_shown_it()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tomorrow));

        var offer = await TestHub.Get<UsualDesk>().Run(Cast.Ada.Id, Stop);

        Assert.Equal(booking.Id, offer!.Already?.Id);
        Assert.Equal("W1-01", offer.Desk.Name);
    }

    private async Task<IEnumerable<string>> Find(FreeSpacesRequest request) =>
        (await TestHub.Get<FreeSpaces>().Run(request, Stop)).Value.Select(free => free.Space.Name);

    private async Task<IReadOnlyList<DeskState>> Floor(When when, Viewer viewer) =>
        (await TestHub.Get<FloorDay>().Run(Cast.East.Id, floorId: null, when, viewer, Stop)).Value.Desks;

    private async Task<DayPicture> Day(Viewer viewer) =>
        (await TestHub.Get<DayTimeline>().Run(Cast.East.Id, Tomorrow, viewer, kind: null, Stop))!;

    private static IReadOnlyList<BusySpan> BusyIn(DayPicture day, Space room) => day.Spaces.Single(one => one.Space.Id == room.Id).Busy;

    private static When At(int from, int until) => When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : FindingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FindingTests(database), IClassFixture<PostgresDatabase>;
}
