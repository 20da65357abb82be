using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Series;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Privacy;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.CheckIn;

/// <summary>Checking in to what one has booked, and what becomes of it where nobody does.</summary>
public abstract class CheckInTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static readonly SiteTime berlin = SiteTime.Of("Europe/Berlin");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ask(Cast.RoomRules, grace: 15);
        await Ask(Cast.BoothRules, grace: 15);
        await Ask(Cast.DeskRules, grace: 60);
    }

    [Theory]
    [InlineData(-16, "check_in_not_open")]
    [InlineData(-15, null)]
    [InlineData(0, null)]
    [InlineData(14, null)]
    [InlineData(40, null)] // nothing has released it yet
    [InlineData(60, "already_over")]
    public async Task Is_open_from_a_quarter_of_an_hour_before_the_start(int minutes, string? code)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Reach(booking, minutes);

        var done = await CheckIn(booking);

        Assert.Equal(code, done.Refusal?.Code);
        if (code is null)
            Assert.Equal((TestHub.Clock.GetCurrentInstant(), CheckInWay.Page), (done.Value.CheckedInAt, done.Value.CheckedInHow!.Value));
    }

    [Fact]
    public async Task What_is_booked_while_it_is_open_is_checked_in()
    {
        var soon = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(Today(9, 15), Today(10, 0)));
        var later = await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Today(9, 30), Today(10, 0)));
        var begun = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(new(2026, 11, 23)));

        Assert.Equal((CheckInWay.Booking, null, CheckInWay.Booking), (soon.CheckedInHow, later.CheckedInHow, begun.CheckedInHow));
    }

    [Fact]
    public async Task Nobody_is_asked_by_rules_that_do_not_ask()
    {
        await Ask(Cast.RoomRules, grace: null);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Ask(Cast.RoomRules, grace: 15); // counts for what is booked from then on
        await Reach(booking, 16);

        Assert.Null(booking.CheckInBy);
        Assert.Equal("check_in_not_asked", (await CheckIn(booking)).Refusal?.Code);
        Assert.Equal(0, await ReleaseAfterAWhile(booking, 16));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task Bookings_of_eight_hours_are_spared_where_the_rules_say_so(int hours, bool isAsked)
    {
        await Ask(Cast.RoomRules, grace: 15, spares: true);

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 10 + hours));

        Assert.Equal(isAsked, booking.CheckInBy is not null);
    }

    [Fact]
    public async Task The_front_desk_checks_in_all_day_and_others_never()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(12, 13));
        await Reach(booking, -180);

        Assert.Equal("not_found", (await CheckIn(booking, Cast.Bob)).Refusal?.Code);
        Assert.Equal(CheckInWay.FrontDesk, (await CheckIn(booking, Cast.Frieda)).Value.CheckedInHow);
    }

    [Fact]
    public async Task A_second_check_in_changes_nothing()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Reach(booking, 0);
        var first = (await CheckIn(booking)).Value;
        await Reach(booking, 5);

        var second = (await CheckIn(booking)).Value;

        Assert.Equal((first.CheckedInAt, first.Revision), (second.CheckedInAt, second.Revision));
        Assert.Single(await Acts(BookingActs.CheckedIn));
    }

    [Fact]
    public async Task No_act_names_who_came_or_did_not()
    {
        var came = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.Book(Cast.Bob, Cast.Panke, At(10, 11));
        await Reach(came, 0);
        await CheckIn(came);
        await ReleaseAfterAWhile(came, 15);

        Assert.All([.. await Acts(BookingActs.CheckedIn), .. await Acts(BookingActs.Released)],
            act => Assert.Equal((null, null), (act.ActorId, act.OnBehalfOfId)));
    }

    [Theory]
    [InlineData(14, 0)]
    [InlineData(15, 1)]
    public async Task What_nobody_came_to_is_released_after_the_grace_and_free_at_once(int minutes, int released)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal(released, await ReleaseAfterAWhile(booking, minutes));

        var now = await TestHub.Reread(booking);
        Assert.Equal(released == 1 ? BookingStatus.Released : BookingStatus.Confirmed, now.Status);
        Assert.Equal(released == 0, await TestHub.Read(db => db.Set<DigiHub.Claims.Claim>().AnyAsync(Stop)));
        if (released == 1)
        {
            await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Tomorrow + new LocalTime(10, 30), Tomorrow + new LocalTime(11, 0)));
            Assert.Equal("already_released", (await CheckIn(booking)).Refusal?.Code);
            Assert.Equal("already_released",
                (await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop)).Refusal?.Code);
        }

        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
    }

    [Fact]
    public async Task Who_checked_in_or_comes_later_keeps_it()
    {
        var here = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var later = await TestHub.Book(Cast.Bob, Cast.Panke, At(10, 11));
        await Reach(here, 0);
        await CheckIn(here);
        await TestHub.Get<ComeLater>().Run(later.Id, Cast.Bob.Id, Stop);
        await TestHub.Get<ComeLater>().Run(later.Id, Cast.Bob.Id, Stop); // once is enough

        Assert.Equal(0, await ReleaseAfterAWhile(here, 29));
        Assert.Equal(1, await ReleaseAfterAWhile(here, 30));
        Assert.Equal((BookingStatus.Confirmed, BookingStatus.Released),
            ((await TestHub.Reread(here)).Status, (await TestHub.Reread(later)).Status));
    }

    [Fact]
    public async Task Nobody_loses_anything_because_the_hub_was_away()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 14));
        var after = await TestHub.Book(Cast.Bob, Cast.Panke, At(11, 14));
        await Minutes(booking, -20, -10);

        await Minutes(booking, 20, 76); // away from ten minutes before to twenty after

        Assert.Equal(BookingStatus.Confirmed, (await TestHub.Reread(booking)).Status);
        Assert.Equal(BookingStatus.Released, (await TestHub.Reread(after)).Status);
    }

    [Fact]
    public async Task A_release_is_told_at_once_and_taken_out_of_the_calendar()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();
        await ReleaseAfterAWhile(booking, 15);

        var told = (await TestHub.EmailsOf(booking)).Single(one => one.Type == BookingNotifications.Released);
        Assert.Equal((NotificationState.Planned, TestHub.Clock.GetCurrentInstant()), (told.State, told.DueAt));
        var part = await TestHub.Read(db => new BookingCalendar().Part(db, told, Stop));
        Assert.True(part!.IsWithdrawal);
        Assert.Null(await TestHub.Read(db => new BookingNotificationCheck().WhyNot(db, told, TestHub.Clock.GetCurrentInstant(), Stop)));
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "too_late_to_undo")]
    public async Task A_release_is_undone_within_five_minutes(int minutes, string? code)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await ReleaseAfterAWhile(booking, 15);
        TestHub.Clock.AdvanceMinutes(minutes);

        var undone = await Undo(booking);

        Assert.Equal(code, undone.Refusal?.Code);
        if (code is not null)
            return;
        Assert.Equal((BookingStatus.Confirmed, CheckInWay.Page), (undone.Value.Status, undone.Value.CheckedInHow!.Value));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree,
            When.Between(Tomorrow + new LocalTime(10, 30), Tomorrow + new LocalTime(11, 0)))).Code);
        Assert.Equal(0, await ReleaseAfterAWhile(booking, 40));
        Assert.Equal(NotificationReason.Reinstated, (await TestHub.EmailsOf(booking)).Single(
            one => one.Type == BookingNotifications.Released).Reason);
    }

    [Fact]
    public async Task What_somebody_else_has_taken_meanwhile_stays_theirs()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await ReleaseAfterAWhile(booking, 15);
        await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Tomorrow + new LocalTime(10, 30), Tomorrow + new LocalTime(11, 0)));

        Assert.Equal("slot_taken", (await Undo(booking)).Refusal?.Code);
        Assert.Equal("not_released",
            (await Undo(await TestHub.Book(Cast.Ada, Cast.Booth, At(15, 16)))).Refusal?.Code);
    }

    [Fact]
    public async Task A_released_date_of_a_series_is_no_date_of_it_any_more_until_that_is_undone()
    {
        var series = (await TestHub.Get<BookSeries>().Run(new SeriesRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            From = Tomorrow,
            Pattern = new() { Kind = RecurrenceKind.Weekly, Count = 3 },
            Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
        }, Stop)).Series;
        var first = await TestHub.Read(db => db.Bookings.SingleAsync(one => one.SeriesDate == Tomorrow, Stop));

        await ReleaseAfterAWhile(first, 15);

        Assert.Equal(1, await TestHub.Read(db => db.SeriesExceptions.CountAsync(one => one.SeriesId == series.Id, Stop)));
        Assert.True((await Undo(first)).IsDone);
        Assert.Equal(0, await TestHub.Read(db => db.SeriesExceptions.CountAsync(one => one.SeriesId == series.Id, Stop)));
    }

    [Fact]
    public async Task Everybody_is_asked_half_an_hour_before_but_who_has_checked_in()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var asked = Assert.Single(await Planned(booking), one => one.Type == BookingNotifications.CheckInAsked);
        Assert.Equal((booking.Start - Duration.FromMinutes(30), booking.Start), (asked.DueAt, asked.NotAfter!.Value));

        await Reach(booking, -15);
        await CheckIn(booking);

        Assert.DoesNotContain(await Planned(booking), one => one.Type == BookingNotifications.CheckInAsked);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(15, true)]
    [InlineData(120, false)]
    public async Task A_reminder_that_leaves_soon_before_asks_along(int minutes, bool along)
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = minutes);

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(12, 13));

        var planned = (await Planned(booking)).Where(one => one.Class == NotificationClass.Reminder).ToList();
        Assert.Equal(along ? 1 : 2, planned.Count);
        Assert.Equal(along ? BookingNotifications.Asks : null, planned.Single(one => one.Type == BookingNotifications.Reminder).Note);
    }

    [Fact]
    public async Task A_moved_booking_asks_for_its_new_time_and_who_has_it_then_checks_in_again()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Reach(booking, -15);
        await CheckIn(booking);

        var moved = (await Move(booking, At(14, 15))).Value;

        Assert.Equal((null, moved.Start + Duration.FromMinutes(15)), (moved.CheckedInAt, moved.CheckInBy));
        Assert.Equal(moved.Start, (await Planned(booking)).Single(one => one.Type == BookingNotifications.CheckInAsked).ScheduledForStart);
    }

    [Fact]
    public async Task By_the_link_somebody_comes_comes_later_or_gives_it_back()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var token = await Link(booking);
        await Reach(booking, -30);

        Assert.True((await Link().Look(token, Stop))!.IsAsked);
        Assert.Null((await TestHub.Reread(booking)).CheckedInAt); // looking changes nothing
        Assert.NotNull((await Link().Later(token, Stop)).Value.ComesLaterAt);
        Assert.Equal(CheckInWay.Link, (await Link().Yes(token, Stop)).Value.CheckedInHow);
        Assert.False((await Link().Look(token, Stop))!.IsAsked);
        Assert.Equal(BookingStatus.Cancelled, (await Link().Release(token, Stop)).Value.Status);
        Assert.Equal("already_cancelled", (await Link().Yes(token, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_link_is_good_for_that_time_in_those_hands_only()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var token = await Link(booking);
        await Move(booking, At(14, 15));

        Assert.Null(await Link().Look(token, Stop));
        Assert.Equal("not_found", (await Link().Yes(token, Stop)).Refusal?.Code);
        Assert.Null(await Link().Look("nonsense", Stop));
        var signer = await TestHub.Get<HubTokenSigner>().Get(Stop);
        Assert.Null(await Link().Look(signer.Close(TokenPurpose.ManageRegistration, booking.Id), Stop));
    }

    [Fact]
    public async Task A_running_booking_goes_on_as_far_as_it_is_free_and_allowed()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Booth, At(10, 11));
        await TestHub.Book(Cast.Bob, Cast.Booth, When.Between(Tomorrow + new LocalTime(11, 30), Tomorrow + new LocalTime(12, 0)));
        await Reach(booking, 50);

        Assert.Equal([Tomorrow + new LocalTime(11, 15), Tomorrow + new LocalTime(11, 30)],
            await TestHub.Get<SpaceNow>().LongerOf(booking, Stop));
        Assert.Equal("slot_taken", (await Extend(booking, 11, 45)).Refusal?.Code);
        Assert.Equal("not_later", (await Extend(booking, 10, 45)).Refusal?.Code);
        Assert.Equal("off_the_grid", (await Extend(booking, 11, 20)).Refusal?.Code);
        Assert.Equal("too_long", (await Extend(booking, 12, 15)).Refusal?.Code);
        var longer = (await Extend(booking, 11, 30)).Value;
        Assert.Equal((Tomorrow + new LocalTime(11, 30), true), (longer.EndLocal, longer.CheckedInAt is not null));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Who_stands_there_takes_it_from_this_minute_on()
    {
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromMinutes(67) + Duration.FromSeconds(20)); // 10:07:20
        var view = (await TestHub.Get<SpaceNow>().Run(Cast.Booth.Id, Cast.As(Cast.Ada), Stop))!;
        Assert.Equal([Today(10, 30), Today(10, 45), Today(11, 15)], view.Ends);

        var used = await TestHub.Book(Cast.Ada, Cast.Booth, When.FromNow(TestHub.Clock.GetCurrentInstant(), Today(10, 30)));

        Assert.Equal((Today(10, 7), Today(10, 30), CheckInWay.Booking), (used.StartLocal, used.EndLocal, used.CheckedInHow!.Value));
        var mine = (await TestHub.Get<SpaceNow>().Run(Cast.Booth.Id, Cast.As(Cast.Ada), Stop))!;
        Assert.Equal((used.Id, 0), (mine.Mine!.Id, mine.Ends.Count));
        var bobs = (await TestHub.Get<SpaceNow>().Run(Cast.Booth.Id, Cast.As(Cast.Bob), Stop))!;
        Assert.Equal((null, Today(10, 30), null), (bobs.Mine, bobs.FreeAgain, bobs.TakenBy));
        var friedas = (await TestHub.Get<SpaceNow>().Run(Cast.Booth.Id, Cast.As(Cast.Frieda), Stop))!;
        Assert.Equal("Ada", friedas.TakenBy!.Text);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Booth,
            When.FromNow(TestHub.Clock.GetCurrentInstant(), Today(10, 30)))).Code);
    }

    [Theory]
    [InlineData(10, 40, "off_the_grid")]
    [InlineData(10, 15, "too_short")]
    [InlineData(12, 15, "too_long")]
    [InlineData(20, 15, "outside_opening_hours")]
    public async Task What_is_taken_on_the_spot_obeys_the_rules(int hour, int minute, string code)
    {
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromMinutes(67));

        Assert.Equal(code, (await TestHub.Refused(Cast.Ada, Cast.Booth,
            When.FromNow(TestHub.Clock.GetCurrentInstant(), Today(hour, minute)))).Code);
    }

    [Fact]
    public async Task A_desk_is_taken_on_the_spot_to_the_end_of_a_part_of_the_day()
    {
        var view = (await TestHub.Get<SpaceNow>().Run(Cast.Desk.Id, Cast.As(Cast.Ada), Stop))!;

        Assert.Equal((2, Today(20, 0)), (view.Ends.Count, view.Ends[^1]));
    }

    [Fact]
    public async Task After_three_months_it_only_says_that_somebody_came()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Reach(booking, 7);
        await CheckIn(booking);
        TestHub.Clock.Reset(booking.End + Retention.Presence);
        await TestHub.Get<ForgetPast>().Run(Stop);
        Assert.Equal(booking.Start + Duration.FromMinutes(7), (await TestHub.Reread(booking)).CheckedInAt);

        TestHub.Clock.AdvanceSeconds(1);
        await TestHub.Get<ForgetPast>().Run(Stop);

        Assert.Equal(booking.Start, (await TestHub.Reread(booking)).CheckedInAt);
    }

    [Fact]
    public async Task Of_a_release_and_a_check_in_in_one_moment_one_wins_and_the_other_is_told()
    {
        List<Booking> all = [];
        for (var i = 0; i < 12; i++)
        {
            var day = Tomorrow.PlusDays(i % 3);
            var start = day + new LocalTime(10 + i / 3, 0);
            all.Add(await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(start, start.PlusMinutes(45))));
        }

        foreach (var booking in all.OrderBy(one => one.Start))
        {
            await Minutes(booking, 0, 14);
            await Reach(booking, 15);
            var release = Task.Run(() => TestHub.Get<ReleaseNoShows>().Run(Stop), Stop);
            var checkIn = Task.Run(() => CheckIn(booking), Stop);
            await Task.WhenAll(release, checkIn);

            var (released, came) = (await release, await checkIn);
            var now = await TestHub.Reread(booking);
            Assert.Equal(released == 0, came.IsDone);
            Assert.Equal(came.IsDone ? BookingStatus.Confirmed : BookingStatus.Released, now.Status);
            Assert.Equal(came.IsDone, now.CheckedInAt is not null);
            Assert.Equal(came.IsDone ? null : "already_released", came.Refusal?.Code);
            Assert.Equal(came.IsDone,
                await TestHub.Read(db => db.Set<DigiHub.Claims.Claim>().AnyAsync(one => one.HolderId == booking.Id, Stop)));
        }

        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
    }

    [Fact]
    public async Task Of_many_who_want_what_was_released_and_its_member_who_undoes_it_one_gets_it()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Booth, At(10, 11));
        await ReleaseAfterAWhile(booking, 15);
        var now = TestHub.Clock.GetCurrentInstant();
        List<Member> others = [Cast.Bob, Cast.Grace, Cast.Frieda, Cast.Alan];

        var outcomes = await Task.WhenAll([
            Task.Run(() => Undo(booking), Stop),
            .. others.Select(who => Task.Run(
                () => TestHub.TryBook(who, Cast.Booth, When.FromNow(now, Tomorrow + new LocalTime(10, 45))), Stop)),
        ]);

        Assert.Single(outcomes, one => one.IsDone);
        Assert.All(outcomes.Where(one => !one.IsDone), one => Assert.Equal("slot_taken", one.Refusal!.Code));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Two_processes_release_what_nobody_came_to_once()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await using var other = TestHub.AnotherProcess();
        await Minutes(booking, 0, 14);
        await Reach(booking, 15);
        other.Clock.Reset(TestHub.Clock.GetCurrentInstant());

        var released = await Task.WhenAll(
            Task.Run(() => TestHub.Get<ReleaseNoShows>().Run(Stop), Stop), Task.Run(() => other.Get<ReleaseNoShows>().Run(Stop), Stop));

        Assert.Equal(1, released.Sum());
        Assert.Single(await TestHub.EmailsOf(booking), one => one.Type == BookingNotifications.Released);
    }

    [Theory]
    [InlineData(2028, 3, 27)] // the day after the clocks go forward
    [InlineData(2026, 10, 26)] // and back
    public async Task Around_the_days_the_clocks_change_the_times_are_those_of_the_clock(int year, int month, int day)
    {
        TestHub.Clock.Reset(berlin.Shifted(new LocalDate(year, month, day).PlusDays(-3) + new LocalTime(12, 0)));
        var start = new LocalDate(year, month, day) + new LocalTime(8, 30);

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(start, start.PlusHours(1)));

        Assert.Equal(start.PlusMinutes(15), berlin.Local(booking.CheckInBy!.Value));
        Assert.Equal(start.PlusMinutes(-30), berlin.Local(
            (await Planned(booking)).Single(one => one.Type == BookingNotifications.CheckInAsked).DueAt));
    }

    private async Task Ask(RuleSet rules, int? grace, bool spares = false)
    {
        await using var db = TestHub.OpenDb();
        var row = await db.RuleSets.SingleAsync(one => one.Id == rules.Id, Stop);
        (row.CheckInGraceMinutes, row.SparesLongBookings) = (grace, spares);
        await db.SaveChangesAsync(Stop);
    }

    /// <summary>The minute of the booking, from its start, without any job.</summary>
    private Task Reach(Booking booking, int minutes)
    {
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(minutes));
        return Task.CompletedTask;
    }

    /// <summary>The job runs in each of these minutes. Returns how many were released in all.</summary>
    private async Task<int> Minutes(Booking booking, int from, int through)
    {
        var released = 0;
        for (var minute = from; minute <= through; minute++)
        {
            await Reach(booking, minute);
            released += await TestHub.Get<ReleaseNoShows>().Run(Stop);
        }

        return released;
    }

    /// <summary>The hub has been there for half an hour at that minute of the booking.</summary>
    private Task<int> ReleaseAfterAWhile(Booking booking, int minutes) => Minutes(booking, minutes - 30, minutes);

    private Task<Outcome<Booking>> CheckIn(Booking booking, Member? who = null) =>
        TestHub.Get<CheckInBooking>().Run(booking.Id, (who ?? Cast.Ada).Id, CheckInWay.Page, Stop);

    private Task<Outcome<Booking>> Undo(Booking booking) =>
        TestHub.Get<UndoRelease>().Run(booking.Id, booking.MemberId, CheckInWay.Page, Stop);

    private Task<Outcome<Booking>> Move(Booking booking, When when) =>
        TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = booking.MemberId, When = when }, Stop);

    private Task<Outcome<Booking>> Extend(Booking booking, int hour, int minute) =>
        TestHub.Get<ExtendBooking>().Run(booking.Id, Cast.Ada.Id, Tomorrow + new LocalTime(hour, minute), ifRevision: null, Stop);

    private async Task<List<Notification>> Planned(Booking booking) =>
        [.. (await TestHub.EmailsOf(booking)).Where(one => one.State == NotificationState.Planned)];

    private ComingByLink Link() => TestHub.Get<ComingByLink>();

    private async Task<string> Link(Booking booking) => (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(
        TokenPurpose.CheckIn, (await TestHub.EmailsOf(booking)).Single(one => one.Type == BookingNotifications.CheckInAsked).Id);

    private Task<List<ActivityEntry>> Acts(Act act) =>
        TestHub.Read(db => db.Activity.AsNoTracking().Where(entry => entry.Act == act.Name).ToListAsync(Stop));

    private static When At(int from, int until) =>
        When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    private static LocalDateTime Today(int hour, int minute) => new LocalDate(2026, 11, 23) + new LocalTime(hour, minute);

    public sealed class OnSqlite(SqliteDatabase database) : CheckInTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CheckInTests(database), IClassFixture<PostgresDatabase>;
}
