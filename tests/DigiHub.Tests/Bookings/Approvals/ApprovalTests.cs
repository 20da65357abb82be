using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Series;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Approvals;

/// <summary>
/// Rooms whose bookings somebody decides on: Spree, Panke, the hall and Havel. Alan administrates, so he may; Grace is named in some.
/// </summary>
public abstract class ApprovalTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Friday = new(2026, 11, 27);

    private static readonly SiteTime berlin = SiteTime.Of("Europe/Berlin");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ask(true);
    }

    public override async ValueTask DisposeAsync()
    {
        if (TestHub is not null)
            Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_needs_approval_holds_its_space_and_waits()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal((true, TestHub.Opening + Duration.FromHours(48)), (booking.IsPending, booking.ApproveBy));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, At(10, 11))).Code);
        Assert.Equal([BookingNotifications.Requested], (await TestHub.EmailsOf(booking)).Select(one => one.Type));
        Assert.Single(await Acts(BookingActs.ApprovalAsked));
        Assert.False((await TestHub.Book(Cast.Ada, Cast.Booth, At(10, 11))).IsPending);
    }

    [Fact]
    public async Task Approved_it_stands_for_good_and_its_member_is_told_and_reminded()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();

        Assert.Equal(ApprovalState.Approved, (await Approve(booking)).Value.State);

        var now = await TestHub.Reread(booking);
        Assert.Equal((false, null, booking.CalendarSequence + 1), (now.IsPending, now.ApproveBy, now.CalendarSequence));
        var emails = await TestHub.EmailsOf(booking);
        Assert.Contains(BookingNotifications.Approved, emails.Select(one => one.Type));
        Assert.Contains(BookingNotifications.Reminder, emails.Select(one => one.Type));
        var act = Assert.Single(await Acts(BookingActs.Approved));
        Assert.Equal((Cast.Alan.Id, Cast.Ada.Id), (act.ActorId!.Value, act.OnBehalfOfId!.Value));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_waits()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.DoesNotContain(BookingNotifications.Reminder, (await TestHub.EmailsOf(booking)).Select(one => one.Type));
    }

    [Fact]
    public async Task Who_decides_need_not_ask_for_themselves_or_for_others()
    {
        Assert.False((await TestHub.Book(Cast.Alan, Cast.Spree, At(10, 11))).IsPending);
        var forAda = await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Alan.Id, MemberId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = At(12, 13) }, Stop);
        Assert.False(forAda.Value.IsPending);
        var byFrontDesk = await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Frieda.Id, MemberId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = At(14, 15) }, Stop);
        Assert.True(byFrontDesk.Value.IsPending);
    }

    [Fact]
    public async Task Those_with_the_role_at_the_site_and_those_named_decide_and_nobody_else()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        foreach (var other in new[] { Cast.Ada, Cast.Bob, Cast.Grace, Cast.Frieda })
            Assert.Equal("not_found", (await Approve(booking, other)).Refusal?.Code);

        await Name(Cast.Grace);

        Assert.True((await Approve(booking, Cast.Grace)).IsDone);
        var inWest = await TestHub.Book(Cast.Ada, Cast.Havel, At(12, 13));
        await TestHub.Lay(new RoleGrant
        { Id = Guid.CreateVersion7(), MemberId = Cast.Bob.Id, Role = Role.Approver, SiteId = Cast.West.Id, GrantedAt = TestHub.Opening });
        var inEast = await TestHub.Book(Cast.Ada, Cast.Spree, At(12, 13));
        Assert.Equal("not_found", (await Approve(inEast, Cast.Bob)).Refusal?.Code);
        Assert.True((await Approve(inWest, Cast.Bob)).IsDone);
    }

    [Theory]
    [InlineData(27, 10, 48)] // four days ahead: two days
    [InlineData(24, 12, 25)] // tomorrow at noon: two hours before
    [InlineData(23, 12, 1)]
    public async Task It_lapses_after_two_days_or_two_hours_before_the_start_whichever_is_first(int day, int hour, int hours)
    {
        var start = new LocalDate(2026, 11, day) + new LocalTime(hour, 0);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(start, start.PlusHours(1)));
        await TestHub.DeliverAll();
        Assert.Equal(TestHub.Opening + Duration.FromHours(hours), booking.ApproveBy);

        TestHub.Clock.Reset(booking.ApproveBy!.Value - Duration.FromSeconds(1));
        Assert.Equal(0, await Lapse());
        TestHub.Clock.Reset(booking.ApproveBy.Value);
        Assert.Equal(1, await Lapse());

        var now = await TestHub.Reread(booking);
        Assert.Equal((BookingStatus.Lapsed, BookingStage.Cancelled), (now.Status, now.StageAt(TestHub.Clock.GetCurrentInstant())));
        Assert.Contains(BookingNotifications.Lapsed, (await TestHub.EmailsOf(booking)).Select(one => one.Type));
        Assert.False(await TestHub.Read(db => db.Set<DigiHub.Claims.Claim>().AnyAsync(Stop)));
        Assert.Single(await Acts(BookingActs.Lapsed));
        Assert.Equal("already_lapsed", (await Reinstate(booking)).Refusal?.Code);
    }

    [Fact]
    public async Task By_the_time_alone_it_has_lapsed_before_the_job_comes_by()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        TestHub.Clock.Reset(booking.ApproveBy!.Value);

        Assert.Equal("approval_lapsed", (await Approve(booking)).Refusal?.Code);
        Assert.Equal("already_cancelled", (await Cancel(booking)).Refusal?.Code);
        var others = await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        Assert.True(others.IsStanding);
        Assert.Equal(BookingStatus.Lapsed, (await TestHub.Reread(booking)).Status);
    }

    [Fact]
    public async Task What_a_move_or_a_series_needs_is_free_once_the_hold_is_over()
    {
        var hold = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var second = await TestHub.Book(Cast.Ada, Cast.Panke, At(10, 11));
        var mine = await TestHub.Book(Cast.Alan, Cast.Havel, At(10, 11));
        TestHub.Clock.Reset(hold.ApproveBy!.Value);

        var moved = await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = mine.Id, ActorId = Cast.Alan.Id, SpaceId = Cast.Spree.Id }, Stop);
        var series = await TestHub.Get<BookSeries>().Run(Series(Cast.Bob, Cast.Panke, count: 1), Stop);

        Assert.True(moved.IsDone);
        Assert.Null(series.Refusal);
        Assert.Equal(BookingStatus.Lapsed, (await TestHub.Reread(second)).Status);
    }

    [Theory]
    [InlineData(11, "too_late_for_approval")] // in two hours: nobody could decide any more
    [InlineData(12, null)]
    public async Task So_soon_that_nobody_could_decide_it_is_refused(int hour, string? code)
    {
        var start = new LocalDate(2026, 11, 23) + new LocalTime(hour, 0);

        var outcome = await TestHub.TryBook(Cast.Ada, Cast.Spree, When.Between(start, start.PlusHours(1)));

        Assert.Equal(code, outcome.Refusal?.Code);
        if (code is not null)
            Assert.NotEmpty(outcome.Refusal!.Alternatives);
    }

    [Fact]
    public async Task Another_time_or_space_is_asked_for_once_more_and_shorter_or_other_words_are_not()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        await Approve(booking);

        Assert.False((await Move(booking, new() { When = At(10, 11) })).IsPending);
        Assert.False((await Move(booking, new() { Title = "Jour fixe" })).IsPending);
        Assert.False((await Move(booking, new() { People = 8 })).IsPending);
        Assert.True((await Move(booking, new() { When = At(11, 12) })).IsPending);
        await Approve(booking);
        Assert.True((await Move(booking, new() { SpaceId = Cast.Panke.Id })).IsPending);
        await Approve(booking);

        Assert.Equal(3, await TestHub.Read(db => db.Approvals.CountAsync(one => one.State == ApprovalState.Approved, Stop)));
    }

    [Fact]
    public async Task Moved_by_who_decides_or_to_where_nobody_does_it_waits_no_longer()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        Assert.False((await Move(booking, new() { When = At(13, 14) }, Cast.Alan)).IsPending);
        var second = await TestHub.Book(Cast.Ada, Cast.Panke, At(15, 16));

        Assert.False((await Move(second, new() { SpaceId = Cast.Booth.Id })).IsPending);
        Assert.Equal("approval_withdrawn", (await Approve(second)).Refusal?.Code);
    }

    [Fact]
    public async Task Moved_while_it_waits_it_is_one_new_question_and_the_old_one_has_nothing_left()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var first = booking.ApprovalId!.Value;

        var moved = await Move(booking, new() { When = At(13, 14) });

        Assert.NotEqual(first, moved.ApprovalId);
        Assert.Equal("approval_withdrawn", (await TestHub.Get<ApproveBookings>().Run(first, Cast.Alan.Id, Stop)).Refusal?.Code);
        Assert.Single((await TestHub.Get<WaitingApprovals>().Run(Cast.As(Cast.Alan), Stop))!);
        Assert.True((await Approve(moved)).IsDone);
    }

    [Fact]
    public async Task More_people_than_seats_are_decided_on_where_somebody_decides_and_refused_elsewhere()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Approve(booking);

        Assert.True((await Move(booking, new() { People = Cast.Spree.Capacity + 1 })).IsPending);
        await Approve(booking);
        Assert.False((await Move(booking, new() { People = Cast.Spree.Capacity })).IsPending);

        await Ask(false);
        var free = await TestHub.Book(Cast.Ada, Cast.Panke, At(10, 11));
        var refused = await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = free.Id, ActorId = Cast.Ada.Id, People = Cast.Panke.Capacity + 1 }, Stop);
        Assert.Equal("too_many_people", refused.Refusal?.Code);
        Assert.Contains($"{Cast.Panke.Capacity}", refused.Refusal!.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declined_with_a_reason_its_space_is_free_and_its_member_reads_why()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        Assert.Equal("reason_missing", (await Decline(booking, " ")).Refusal?.Code);

        var declined = (await Decline(booking, "Painters")).Value;

        Assert.Equal((ApprovalState.Declined, "Painters", Cast.Alan.Id), (declined.State, declined.Reason, declined.DecidedById!.Value));
        Assert.Equal(BookingStatus.Declined, (await TestHub.Reread(booking)).Status);
        Assert.Single(await TestHub.EmailsOf(booking), one => one.Type == BookingNotifications.Declined);
        Assert.True((await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11))).IsStanding);
        Assert.Equal("already_declined", (await Reinstate(booking)).Refusal?.Code);
        Assert.Single(await Acts(BookingActs.Declined));
    }

    [Fact]
    public async Task A_second_who_decides_later_is_told_who_decided_what()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Name(Cast.Grace);
        await Approve(booking, Cast.Grace);

        var late = await Decline(booking, "No");

        Assert.Equal("already_approved", late.Refusal?.Code);
        Assert.Contains("Grace", late.Refusal!.Message.English, StringComparison.Ordinal);
        Assert.True((await TestHub.Reread(booking)).IsStanding);
    }

    [Fact]
    public async Task What_waits_cannot_be_checked_in_to_by_anybody()
    {
        await TestHub.Read(async db =>
        {
            await db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckInGraceMinutes, 15), Stop);
            return 0;
        });
        var today = new LocalDate(2026, 11, 23) + new LocalTime(16, 0);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(today, today.PlusHours(1)));

        Assert.Equal("waits_for_approval",
            (await TestHub.Get<CheckInBooking>().Run(booking.Id, Cast.Frieda.Id, CheckInWay.Page, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task What_runs_is_extended_only_by_who_decides()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Approve(booking);
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(5));
        var later = Friday + new LocalTime(11, 30);

        Assert.Equal("extension_needs_approval",
            (await TestHub.Get<ExtendBooking>().Run(booking.Id, Cast.Ada.Id, later, ifRevision: null, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<ExtendBooking>().Run(booking.Id, Cast.Alan.Id, later, ifRevision: null, Stop)).IsDone);
    }

    [Fact]
    public async Task Cancelled_while_it_waits_and_brought_back_it_waits_on()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Cancel(booking);
        Assert.Equal("approval_withdrawn", (await Approve(booking)).Refusal?.Code);

        var back = (await Reinstate(booking)).Value;

        Assert.Equal((true, booking.ApprovalId), (back.IsPending, back.ApprovalId));
        Assert.True((await Approve(booking)).IsDone);
    }

    [Fact]
    public async Task A_series_is_one_question_for_all_its_dates()
    {
        var series = (await TestHub.Get<BookSeries>().Run(Series(Cast.Ada, Cast.Spree), Stop)).Series;
        await TestHub.DeliverAll();
        var approval = await TestHub.Read(db => db.Approvals.SingleAsync(Stop));
        Assert.Equal((series.Id, TestHub.Opening + Duration.FromHours(48)), (approval.SeriesId!.Value, approval.LapsesAt));
        var cancelled = (await Dates(series))[1];
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Ada.Id, ifRevision: null, Stop);

        Assert.True((await TestHub.Get<ApproveBookings>().Run(approval.Id, Cast.Alan.Id, Stop)).IsDone);

        Assert.Equal([BookingStatus.Confirmed, BookingStatus.Cancelled, BookingStatus.Confirmed],
            (await Dates(series)).Select(one => one.Status));
        Assert.All((await Dates(series)).Where(one => one.IsStanding), one => Assert.False(one.IsPending));
        Assert.Single(await EmailsOf(series), one => one.Type == SeriesNotifications.Approved);
        Assert.Equal("already_approved", (await TestHub.Get<ApproveBookings>().Run(approval.Id, Cast.Alan.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task No_date_of_a_series_is_approved_twice()
    {
        var series = (await TestHub.Get<BookSeries>().Run(Series(Cast.Ada, Cast.Spree), Stop)).Series;
        await TestHub.Get<ApproveBookings>().Run((await Dates(series))[0].ApprovalId!.Value, Cast.Alan.Id, Stop);

        await TestHub.Get<ChangeSeries>().Run(new()
        {
            SeriesId = series.Id,
            ActorId = Cast.Ada.Id,
            Scope = SeriesScope.ThisAndFollowing,
            Date = Friday.PlusWeeks(1),
            Times = SeriesTimes.Between(new(13, 0), new(14, 0)),
        }, Stop);

        var all = await TestHub.Read(db => db.Bookings.AsNoTracking().OrderBy(one => one.Start).ToListAsync(Stop));
        Assert.Equal([false, true, true], all.Select(one => one.IsPending));
        Assert.Equal(2, all.Select(one => one.ApprovalId).Distinct().Count());
        await TestHub.Get<ChangeSeries>().Run(
            new() { SeriesId = all[1].SeriesId!.Value, ActorId = Cast.Ada.Id, Scope = SeriesScope.AllFuture, Title = "Text" }, Stop);
        Assert.Equal(2, await TestHub.Read(db => db.Approvals.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_series_is_declined_or_lapses_as_a_whole_with_one_email()
    {
        var declined = (await TestHub.Get<BookSeries>().Run(Series(Cast.Ada, Cast.Spree), Stop)).Series;
        var lapsed = (await TestHub.Get<BookSeries>().Run(Series(Cast.Ada, Cast.Panke), Stop)).Series;

        await TestHub.Get<DeclineBookings>().Run((await Dates(declined))[0].ApprovalId!.Value, Cast.Alan.Id, "Painters", Stop);
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromHours(48));
        Assert.Equal(1, await Lapse());

        Assert.All(await Dates(declined), one => Assert.Equal(BookingStatus.Declined, one.Status));
        Assert.All(await Dates(lapsed), one => Assert.Equal(BookingStatus.Lapsed, one.Status));
        Assert.Single(await EmailsOf(declined), one => one.Type == SeriesNotifications.Cancelled);
        Assert.Single(await EmailsOf(lapsed), one => one.Type == SeriesNotifications.Cancelled);
        Assert.Empty(await TestHub.Read(db => db.Set<DigiHub.Claims.Claim>().ToListAsync(Stop)));
    }

    [Fact]
    public async Task Dates_too_soon_to_be_approved_are_named_in_the_preview()
    {
        var request = Series(Cast.Ada, Cast.Spree) with { From = new(2026, 11, 23), Times = SeriesTimes.Between(new(10, 30), new(11, 0)) };

        var preview = (await TestHub.Get<PreviewSeries>().Run(request, Stop)).Value;

        Assert.Equal(["too_late_for_approval", null, null], preview.Days.Select(day => day.WhyNot?.Code));
    }

    [Fact]
    public async Task Those_who_decide_get_one_email_about_all_that_waits()
    {
        await Name(Cast.Grace);
        await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.Get<BookSeries>().Run(Series(Cast.Ada, Cast.Panke), Stop);
        Assert.Equal(0, await TestHub.Get<AskApprovers>().Run(Stop)); // more may come
        TestHub.Clock.Advance(AskApprovers.Gathers);

        Assert.Equal(1, await TestHub.Get<AskApprovers>().Run(Stop));

        var email = Assert.Single(await TestHub.Read(db => db.Notifications.Where(one => one.Type == ApprovalNotifications.Waiting)
            .ToListAsync(Stop)));
        Assert.Equal(Cast.Grace.Id, email.MemberId);
        Assert.Equal(2, await TestHub.Read(db => db.ApprovalRequests.CountAsync(Stop)));
        Assert.Equal(0, await TestHub.Get<AskApprovers>().Run(Stop));
    }

    [Fact]
    public async Task Without_anybody_named_all_are_asked_who_decide_at_the_site()
    {
        await TestHub.Lay(new RoleGrant
        { Id = Guid.CreateVersion7(), MemberId = Cast.Bob.Id, Role = Role.Approver, SiteId = Cast.West.Id, GrantedAt = TestHub.Opening });
        await TestHub.Book(Cast.Ada, Cast.Havel, At(10, 11));
        await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        TestHub.Clock.Advance(AskApprovers.Gathers);

        Assert.Equal(2, await TestHub.Get<AskApprovers>().Run(Stop));

        Assert.Equal([Cast.Alan.Id, Cast.Alan.Id, Cast.Bob.Id], (await TestHub.Read(db => db.ApprovalRequests
            .Select(one => one.ApproverId).ToListAsync(Stop))).OrderBy(id => id == Cast.Bob.Id));
    }

    [Fact]
    public async Task The_link_shows_and_decides_for_its_reader_and_says_later_what_was_decided()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var key = await Key(booking, Cast.Alan);

        var seen = await Link().Look(key, Stop);
        Assert.Equal((true, true), (seen!.MayDecide, (await TestHub.Reread(booking)).IsPending));
        Assert.True((await Link().Approve(key, Stop)).IsDone);

        Assert.Equal(ApprovalState.Approved, (await Link().Look(key, Stop))!.StateAt(TestHub.Clock.GetCurrentInstant()));
        Assert.Equal("already_approved", (await Link().Decline(key, "No", Stop)).Refusal?.Code);
        Assert.Null(await Link().Look(key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), Stop));
    }

    [Fact]
    public async Task The_link_ends_with_the_right_to_decide_and_with_the_time()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Name(Cast.Grace);
        var (graces, alans) = (await Key(booking, Cast.Grace), await Key(booking, Cast.Alan));
        await TestHub.Read(db => db.SpaceApprovers.ExecuteDeleteAsync(Stop));

        Assert.Null(await Link().Look(graces, Stop));
        Assert.Equal("not_found", (await Link().Approve(graces, Stop)).Refusal?.Code);
        TestHub.Clock.Reset(booking.ApproveBy!.Value);
        Assert.Equal(ApprovalState.Lapsed, (await Link().Look(alans, Stop))!.StateAt(TestHub.Clock.GetCurrentInstant()));
        Assert.Equal("approval_lapsed", (await Link().Approve(alans, Stop)).Refusal?.Code);
        await Lapse();
        TestHub.Clock.Advance(ApprovalByLink.SaysAfter);
        Assert.Null(await Link().Look(alans, Stop));
    }

    [Fact]
    public async Task Who_only_sees_the_bookings_of_a_site_reads_what_waits_and_members_do_not()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var waiting = TestHub.Get<WaitingApprovals>();

        Assert.False(Assert.Single((await waiting.Run(Cast.As(Cast.Frieda), Stop))!).MayDecide);
        Assert.True(Assert.Single((await waiting.Run(Cast.As(Cast.Alan), Stop))!).MayDecide);
        Assert.Null(await waiting.Run(Cast.As(Cast.Bob), Stop));
        Assert.Equal((0, 1), (await waiting.Count(Cast.As(Cast.Frieda), Stop), await waiting.Count(Cast.As(Cast.Alan), Stop)));
    }

    [Fact]
    public async Task Guests_beyond_the_seats_are_asked_for_once_more()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Approve(booking);
        var many = Enumerable.Range(1, Cast.Spree.Capacity).Select(i => new GuestDraft($"Gast {i}", null)).ToList();

        Assert.True((await TestHub.Get<AddGuests>().Run(booking.Id, Cast.Ada.Id, many, Stop)).IsDone);

        Assert.True((await TestHub.Reread(booking)).IsPending);
        Assert.Equal(Cast.Spree.Capacity + 1, (await TestHub.Get<WaitingApprovals>().Run(Cast.As(Cast.Alan), Stop))!.Single().People);
    }

    [Fact]
    public async Task Of_an_approval_and_a_cancellation_at_once_one_counts()
    {
        for (var round = 0; round < 6; round++)
        {
            var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

            await Task.WhenAll(Task.Run(() => Approve(booking), Stop), Task.Run(() => Cancel(booking), Stop));

            var now = await TestHub.Reread(booking);
            Assert.Equal(BookingStatus.Cancelled, now.Status); // before it was approved, or after
            Assert.Equal(0, await TestHub.Read(db => db.Set<DigiHub.Claims.Claim>().CountAsync(Stop)));
        }
    }

    [Fact]
    public async Task Of_an_approval_and_a_lapse_at_once_one_counts()
    {
        for (var round = 0; round < 6; round++)
        {
            var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(8 + 2 * round, 9 + 2 * round));
            await using var other = TestHub.AnotherProcess();
            var by = booking.ApproveBy!.Value;
            TestHub.Clock.Reset(by - Duration.FromSeconds(1)); // two clocks that differ by a moment
            other.Clock.Reset(by);

            var approved = Task.Run(() => Approve(booking), Stop);
            await Task.WhenAll(approved, Task.Run(() => other.Get<LapseApprovals>().Run(Stop), Stop));

            var now = await TestHub.Reread(booking);
            var isApproved = (await approved).IsDone;
            Assert.Equal(isApproved ? BookingStatus.Confirmed : BookingStatus.Lapsed, now.Status);
            Assert.False(now.IsPending);
            Assert.Equal(isApproved, await TestHub.Read(
                db => db.Set<DigiHub.Claims.Claim>().AnyAsync(one => one.HolderId == booking.Id, Stop)));
            TestHub.Clock.Reset(TestHub.Opening);
        }
    }

    [Fact]
    public async Task Of_eight_who_decide_at_once_one_does_and_the_others_are_told()
    {
        await Name(Cast.Grace);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => i % 2 == 0 ? Approve(booking, i % 4 == 0 ? Cast.Alan : Cast.Grace) : Decline(booking, "No"), Stop)));

        Assert.Single(outcomes, one => one.IsDone);
        Assert.All(outcomes.Where(one => !one.IsDone),
            one => Assert.True(one.Refusal!.Code is "already_approved" or "already_declined", one.Refusal.Code));
        var answers = (await TestHub.EmailsOf(booking)).Count(
            one => one.Type == BookingNotifications.Approved || one.Type == BookingNotifications.Declined);
        Assert.Equal(1, answers);
    }

    [Fact]
    public async Task Of_many_who_want_what_has_just_lapsed_one_gets_it()
    {
        var booking = await TestHub.Book(Cast.Grace, Cast.Spree, At(10, 11));
        TestHub.Clock.Reset(booking.ApproveBy!.Value);
        List<Member> others = [Cast.Ada, Cast.Bob, Cast.Frieda, Cast.Alan];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => TestHub.TryBook(others[i % 4], Cast.Spree, At(10, 11)), Stop)));

        Assert.Single(outcomes, one => one.IsDone);
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Theory]
    [InlineData(2026, 10, 25)] // an hour twice
    [InlineData(2027, 3, 28)] // an hour less
    public async Task Two_hours_before_the_start_are_two_real_hours_when_the_clocks_change(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        await TestHub.Read(async db =>
        {
            db.Add(new DigiHub.Sites.SpecialHours
            { SiteId = Cast.East.Id, Date = date, Opens = new(0, 0), Closes = new(20, 0), Reason = new("Lange Nacht", "Long night") });
            return await db.SaveChangesAsync(Stop);
        });
        TestHub.Clock.Reset(berlin.Shifted(date.PlusDays(-1) + new LocalTime(12, 0)));
        var start = date + new LocalTime(4, 0);

        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(start, start.PlusHours(1)));

        Assert.Equal(Duration.FromHours(2), booking.Start - booking.ApproveBy!.Value);
        Assert.Equal(date + new LocalTime(month == 10 ? 2 : 1, 0), berlin.Local(booking.ApproveBy.Value));
    }

    private async Task Ask(bool needs)
    {
        await using var db = TestHub.OpenDb();
        (await db.RuleSets.SingleAsync(one => one.Id == Cast.RoomRules.Id, Stop)).NeedsApproval = needs;
        await db.SaveChangesAsync(Stop);
    }

    private Task Name(Member member) => TestHub.Lay(new SpaceApprover { RulesId = Cast.RoomRules.Id, MemberId = member.Id });

    private async Task<Outcome<Approval>> Approve(Booking booking, Member? who = null) => await TestHub.Get<ApproveBookings>().Run(
        (await TestHub.Reread(booking)).ApprovalId!.Value, (who ?? Cast.Alan).Id, Stop);

    private async Task<Outcome<Approval>> Decline(Booking booking, string reason) => await TestHub.Get<DeclineBookings>().Run(
        (await TestHub.Reread(booking)).ApprovalId!.Value, Cast.Alan.Id, reason, Stop);

    private async Task<Booking> Move(Booking booking, MoveWish wish, Member? who = null) => (await TestHub.Get<MoveBooking>().Run(new()
    {
        BookingId = booking.Id,
        ActorId = (who ?? Cast.Ada).Id,
        When = wish.When,
        SpaceId = wish.SpaceId,
        Title = wish.Title,
        People = wish.People,
    }, Stop)).Value;

    private sealed record MoveWish
    {
        public When? When { get; init; }

        public int? SpaceId { get; init; }

        public string? Title { get; init; }

        public int? People { get; init; }
    }

    private Task<Outcome<Booking>> Cancel(Booking booking) =>
        TestHub.Get<CancelBooking>().Run(booking.Id, booking.MemberId, ifRevision: null, Stop);

    private Task<Outcome<Booking>> Reinstate(Booking booking) =>
        TestHub.Get<ReinstateBooking>().Run(booking.Id, booking.MemberId, Stop);

    private Task<int> Lapse() => TestHub.Get<LapseApprovals>().Run(Stop);

    private ApprovalByLink Link() => TestHub.Get<ApprovalByLink>();

    private async Task<string> Key(Booking booking, Member approver)
    {
        var request = new ApprovalRequest
        {
            Id = Guid.CreateVersion7(),
            ApprovalId = booking.ApprovalId!.Value,
            ApproverId = approver.Id,
            AskedAt = TestHub.Opening,
        };
        await TestHub.Lay(request);
        return (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.Approval, request.Id);
    }

    private static SeriesRequest Series(Member member, Space space, int count = 3) => new()
    {
        ActorId = member.Id,
        SpaceId = space.Id,
        From = Friday,
        Pattern = new() { Kind = RecurrenceKind.Weekly, Count = count },
        Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
    };

    private Task<List<Booking>> Dates(BookingSeries series) => TestHub.Read(db =>
        db.Bookings.AsNoTracking().OfSeries(series.Id).OrderBy(one => one.SeriesDate).ToListAsync(Stop));

    private Task<List<Notification>> EmailsOf(BookingSeries series) => TestHub.Read(db =>
        db.Notifications.AsNoTracking().About(BookingSeries.Subject.Of(series.Id)).ToListAsync(Stop));

    private Task<List<ActivityEntry>> Acts(Act act) =>
        TestHub.Read(db => db.Activity.AsNoTracking().Where(entry => entry.Act == act.Name).ToListAsync(Stop));

    private static When At(int from, int until) =>
        When.Between(Friday + new LocalTime(from, 0), Friday + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : ApprovalTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ApprovalTests(database), IClassFixture<PostgresDatabase>;
}
