using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings.Waiting;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Meetings;

/// <summary>A meeting takes a room at each of two sites, both or none.</summary>
public abstract class MeetingTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    public override async ValueTask DisposeAsync()
    {
        if (TestHub is not null)
            Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Books_both_rooms_with_one_email_and_an_act_for_each()
    {
        var meeting = await Met(title: "Kick-off");

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((Cast.Spree.Id, Cast.Havel.Id), (first.SpaceId, second.SpaceId));
        Assert.Equal(((Guid?)first.Id, (Guid?)first.Id), (first.MeetingId, second.MeetingId));
        Assert.Equal((first.Span, "Kick-off", "Kick-off"), (second.Span, first.Title, second.Title));
        Assert.Equal(2, await TestHub.ClaimCount());
        Assert.Equal(BookingNotifications.Confirmed, Assert.Single(await TestHub.EmailsOf(first)).Type);
        Assert.Empty(await TestHub.EmailsOf(second));
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "booking.created", Stop)));
    }

    [Fact]
    public async Task Where_one_room_is_taken_neither_is_booked_and_another_room_of_that_site_is_offered()
    {
        var larger = await TestHub.MoreAtWest("Wannsee");
        await TestHub.Book(Cast.Bob, Cast.Havel, At(10, 11));

        var refusal = (await TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.Havel, At(10, 11))).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.StartsWith("Havel, DigiHub West: ", refusal.Message.English, StringComparison.Ordinal);
        var other = Assert.Single(refusal.Alternatives);
        Assert.Equal((larger.Id, AlternativeKind.OtherSpace), (other.SpaceId, other.Kind));
        Assert.Equal(1, await TestHub.ClaimCount());
        Assert.True((await TestHub.TryMeet(Cast.Ada, Cast.Spree, larger, At(10, 11))).IsDone);
    }

    [Fact]
    public async Task A_claim_that_only_the_database_sees_leaves_no_half_of_it()
    {
        var outcome = await TestHub.Get<BookMeeting>().Run(
            new()
            {
                ActorId = Cast.Ada.Id,
                Rooms = [new(Cast.Spree.Id), new(Cast.Havel.Id)],
                When = At(10, 11),
                Along = (db, meeting, _) =>
                {
                    // After all rules were asked, as a bug would: the constraint is what is left.
                    db.Claims.Add(new Claim
                    {
                        Id = Guid.NewGuid(),
                        UnitId = Cast.Havel.Units[0].UnitId,
                        Start = meeting.Second.Start,
                        End = meeting.Second.End,
                        TakenAt = TestHub.Opening,
                        Holder = Booking.Subject.Of(meeting.Second.Id),
                    });
                    return Task.CompletedTask;
                },
            }, Stop);

        Assert.Equal("slot_taken", outcome.Refusal?.Code);
        Assert.Equal((0, 0), (await TestHub.Read(db => db.Bookings.CountAsync(Stop)), await TestHub.ClaimCount()));
        Assert.Empty(await TestHub.Read(db => db.Notifications.ToListAsync(Stop)));
    }

    [Fact]
    public async Task Rules_of_either_room_refuse_both_and_the_refusal_names_the_room()
    {
        var meetings = TestHub.Get<BookMeeting>();
        var crowded = await meetings.Run(new()
        {
            ActorId = Cast.Ada.Id,
            Rooms = [new(Cast.Spree.Id, 4), new(Cast.Havel.Id, 9)],
            When = At(10, 11),
        }, Stop);

        Assert.Equal("too_many_people", crowded.Refusal?.Code);
        Assert.Contains("Havel", crowded.Refusal!.Message.English, StringComparison.Ordinal);
        Assert.Equal(0, await TestHub.ClaimCount());
    }

    [Fact]
    public async Task Rooms_of_one_site_a_desk_and_one_room_alone_are_no_meeting()
    {
        Assert.Equal("meeting_one_site", (await TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.Panke, At(10, 11))).Refusal?.Code);
        Assert.Equal("meeting_not_a_room", (await TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.WestDesk, At(10, 11))).Refusal?.Code);
        Assert.Equal("meeting_two_rooms", (await TestHub.Get<BookMeeting>().Run(
            new() { ActorId = Cast.Ada.Id, Rooms = [new(Cast.Spree.Id)], When = At(10, 11) }, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await TestHub.Get<BookMeeting>().Run(
            new() { ActorId = Cast.Ada.Id, Rooms = [new(Cast.Spree.Id), new(4711)], When = At(10, 11) }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_room_that_somebody_approves_refuses_the_whole_but_not_to_who_approves()
    {
        var labour = await TestHub.MoreAtWest("Nollendorf", approval: true);

        var refusal = (await TestHub.TryMeet(Cast.Ada, Cast.Spree, labour, At(10, 11))).Refusal!;

        Assert.Equal("meeting_needs_approval", refusal.Code);
        Assert.Contains(refusal.Alternatives, other => other.SpaceId == Cast.Havel.Id);
        Assert.Equal(0, await TestHub.ClaimCount());
        Assert.True((await TestHub.TryMeet(Cast.Alan, Cast.Spree, labour, At(10, 11))).IsDone);
    }

    [Fact]
    public async Task Counts_as_two_of_the_bookings_that_one_may_have_ahead()
    {
        for (var i = 0; i < BookingRules.OpenBookingsMax - 1; i++)
            await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(
                Tomorrow.At(new(8, 0)).PlusDays(i / 20).PlusMinutes(15 * (i % 20)),
                Tomorrow.At(new(8, 15)).PlusDays(i / 20).PlusMinutes(15 * (i % 20))));

        Assert.Equal("too_many_bookings", (await TestHub.TryMeet(Cast.Ada, Cast.Spree, Cast.Havel, At(14, 15))).Refusal?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Moving_either_part_in_time_moves_both_with_one_email(bool byFirst)
    {
        var meeting = await Met();
        await TestHub.DeliverAll();

        Assert.True((await Move(byFirst ? meeting.First : meeting.Second, At(14, 16))).IsDone);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((Tomorrow.At(new(14, 0)), first.Span), (first.StartLocal, second.Span));
        Assert.Equal(2, await TestHub.ClaimCount());
        Assert.Equal(BookingNotifications.Moved, Assert.Single(await Waiting()).Type);
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "booking.moved", Stop)));
    }

    [Fact]
    public async Task Where_the_other_room_is_taken_at_the_new_time_nothing_moves_and_its_neighbours_are_offered()
    {
        var larger = await TestHub.MoreAtWest("Wannsee");
        var meeting = await Met();
        await TestHub.Book(Cast.Bob, Cast.Havel, At(14, 15));

        var refusal = (await Move(meeting.First, At(14, 15))).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.Contains("Havel", refusal.Message.English, StringComparison.Ordinal);
        Assert.Equal(larger.Id, Assert.Single(refusal.Alternatives).SpaceId);
        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((Tomorrow.At(new(10, 0)), Tomorrow.At(new(10, 0))), (first.StartLocal, second.StartLocal));
        Assert.Equal(3, await TestHub.ClaimCount());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_room_is_for_one_part_alone_and_one_email_tells_of_both(bool ofFirst)
    {
        var larger = await TestHub.MoreAtWest("Wannsee");
        var meeting = await Met();
        await TestHub.DeliverAll();
        var (part, to) = ofFirst ? (meeting.First, Cast.Panke) : (meeting.Second, larger);

        Assert.True((await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = part.Id, ActorId = Cast.Ada.Id, SpaceId = to.Id }, Stop)).IsDone);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((ofFirst ? to.Id : Cast.Spree.Id, ofFirst ? Cast.Havel.Id : to.Id), (first.SpaceId, second.SpaceId));
        var email = Assert.Single(await Waiting());
        Assert.Equal((BookingNotifications.Moved, first.Id), (email.Type, email.SubjectId));
        Assert.Null(await new BookingNotificationCheck().WhyNot(TestHub.OpenDb(), email, TestHub.Opening, Stop));
    }

    [Fact]
    public async Task Neither_part_goes_to_the_site_of_the_other()
    {
        var meeting = await Met();

        Assert.Equal("meeting_one_site", (await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = meeting.Second.Id, ActorId = Cast.Ada.Id, SpaceId = Cast.Panke.Id }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_new_title_is_that_of_both_and_sends_nothing()
    {
        var meeting = await Met();
        await TestHub.DeliverAll();

        await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = meeting.Second.Id, ActorId = Cast.Ada.Id, Title = "Sprint" }, Stop);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal(("Sprint", "Sprint"), (first.Title, second.Title));
        Assert.Empty(await Waiting());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_either_cancels_both_and_undo_brings_both_back(bool byFirst)
    {
        var meeting = await Met();
        await TestHub.DeliverAll();
        var part = byFirst ? meeting.First : meeting.Second;

        Assert.True((await Cancel(part)).IsDone);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((BookingStatus.Cancelled, BookingStatus.Cancelled), (first.Status, second.Status));
        Assert.Equal(0, await TestHub.ClaimCount());
        Assert.Equal(BookingNotifications.Cancelled, Assert.Single(await Waiting()).Type);

        Assert.True((await TestHub.Get<ReinstateBooking>().Run(part.Id, Cast.Ada.Id, Stop)).IsDone);

        (first, second) = await TestHub.Reread(meeting);
        Assert.True(first.IsStanding && second.IsStanding);
        Assert.Equal(2, await TestHub.ClaimCount());
        Assert.Empty(await Waiting()); // the cancellation had not left yet
    }

    [Fact]
    public async Task Undo_brings_back_neither_where_one_room_is_taken_by_then()
    {
        var meeting = await Met();
        await Cancel(meeting.First);
        await TestHub.Book(Cast.Bob, Cast.Havel, At(10, 11));

        var refusal = (await TestHub.Get<ReinstateBooking>().Run(meeting.First.Id, Cast.Ada.Id, Stop)).Refusal;

        Assert.Equal("slot_taken", refusal?.Code);
        Assert.Contains("Havel", refusal!.Message.English, StringComparison.Ordinal);
        Assert.False((await TestHub.Reread(meeting.First)).IsStanding);
        Assert.Equal(1, await TestHub.ClaimCount());
    }

    [Fact]
    public async Task One_room_that_is_left_early_ends_nothing_at_the_other()
    {
        var meeting = await Met();
        TestHub.Clock.Reset(meeting.First.Start + Duration.FromMinutes(20));

        Assert.True((await Cancel(meeting.First)).IsDone);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal(Tomorrow.At(new(10, 21)), first.EndLocal);
        Assert.Equal((BookingStatus.Confirmed, Tomorrow.At(new(11, 0))), (second.Status, second.EndLocal));
    }

    [Fact]
    public async Task One_room_that_nobody_comes_to_is_released_alone()
    {
        await AskToCheckIn();
        var meeting = await Met();
        TestHub.Clock.Reset(meeting.First.Start);
        await TestHub.Get<CheckInBooking>().Run(meeting.First.Id, Cast.Ada.Id, CheckInWay.Page, Stop);
        for (var minute = 0; minute <= 16; minute++) // the job runs in each: nobody is released for minutes in which the hub was away
        {
            TestHub.Clock.Reset(meeting.First.Start + Duration.FromMinutes(minute));
            await TestHub.Get<ReleaseNoShows>().Run(Stop);
        }

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((BookingStatus.Confirmed, BookingStatus.Released), (first.Status, second.Status));
    }

    [Fact]
    public async Task A_hand_over_takes_both_with_one_email()
    {
        await MakeColleagues();
        var meeting = await Met();
        await TestHub.DeliverAll();
        var proposal = (await TestHub.Get<ProposeHandOver>().Run(new(Cast.Ada.Id, meeting.Second.Id, Cast.Bob.Id), Stop)).Value;

        Assert.True((await TestHub.Get<AnswerProposal>().Accept(proposal.Id, Cast.Bob.Id, Stop)).IsDone);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((Cast.Bob.Id, Cast.Bob.Id, first.Id), (first.MemberId, second.MemberId, second.MeetingId!.Value));
        var about = (await Waiting()).Where(one => one.SubjectKind == Booking.Subject.Name).ToList();
        Assert.Equal(BookingNotifications.Received, Assert.Single(about, one => one.MemberId == Cast.Bob.Id).Type);
        Assert.Equal(BookingNotifications.HandedOver, Assert.Single(about, one => one.MemberId == Cast.Ada.Id).Type);
    }

    [Fact]
    public async Task It_is_neither_swapped_nor_repeated()
    {
        var meeting = await Met();
        var bobs = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 15));

        Assert.Equal("swap_of_meeting", (await TestHub.Get<ProposeSwap>().Run(
            new(Cast.Ada.Id, meeting.First.Id, Cast.Panke.Id, bobs.StartLocal), Stop)).Refusal?.Code);
        Assert.Equal("swap_of_meeting", (await TestHub.Get<ProposeSwap>().Run(
            new(Cast.Bob.Id, bobs.Id, Cast.Havel.Id, meeting.Second.StartLocal), Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task An_absence_cancels_both_although_one_was_chosen()
    {
        var meeting = await Met();

        Assert.Equal(2, (await TestHub.Get<CancelSeveral>().Run(new(Cast.Ada.Id, [meeting.Second.Id]), Stop)).Value);

        Assert.Equal(0, await TestHub.ClaimCount());
    }

    [Fact]
    public async Task The_front_desk_of_one_site_leaves_a_meeting_to_who_has_it()
    {
        await using (var db = TestHub.OpenDb())
        {
            await db.RoleGrants.Where(one => one.MemberId == Cast.Frieda.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.SiteId, (int?)Cast.East.Id), Stop);
        }

        var meeting = await Met();

        Assert.Equal("meeting_at_other_site",
            (await TestHub.Get<CancelBooking>().Run(meeting.First.Id, Cast.Frieda.Id, ifRevision: null, Stop)).Refusal?.Code);
        Assert.Equal("meeting_at_other_site", (await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = meeting.First.Id, ActorId = Cast.Frieda.Id, When = At(14, 15) }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task One_row_of_my_bookings_is_the_second_parts_too()
    {
        var meeting = await Met();

        var list = await TestHub.Get<MyBookings>().Upcoming(Cast.Ada.Id, after: null, 10, Stop);

        var shown = Assert.Single(list.Items, view => !view.IsShownByOther(TestHub.Opening));
        Assert.Equal((meeting.First.Id, Cast.Havel.Id), (shown.Booking.Id, shown.Other!.Space.Id));
        Assert.NotNull(await TestHub.Get<OneMeeting>().Find(meeting.Id, Cast.As(Cast.Ada), Stop));
        Assert.Null(await TestHub.Get<OneMeeting>().Find(meeting.Id, Cast.As(Cast.Bob), Stop));
    }

    [Fact]
    public async Task What_a_calendar_is_told_is_of_both_rises_with_either_and_lasts_while_one_stands()
    {
        var meeting = await Met();
        var told = await ToldOf(meeting.First);
        Assert.Equal($"{Cast.Spree.Id} {meeting.First.LocalSpan} + {Cast.Havel.Id} {meeting.Second.LocalSpan}", told.Facts);

        TestHub.Clock.Reset(meeting.First.Start + Duration.FromMinutes(20));
        await Cancel(meeting.Second);

        var later = await ToldOf(meeting.Second);
        Assert.True(later.Sequence > told.Sequence);
        Assert.False(later.IsWithdrawal);
        Assert.Equal(later, await ToldOf(meeting.First));
    }

    [Fact]
    public async Task A_room_that_is_retired_ends_its_part_alone_and_the_other_reminds_from_then_on()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var meeting = await Met();
        await TestHub.Get<RetireSpaces>().Run(new()
        {
            ActorId = Cast.Alan.Id,
            SpaceIds = [Cast.Spree.Id],
            From = Tomorrow,
            Fates = new Dictionary<Guid, Fate> { [meeting.First.Id] = new(SpaceId: null) },
        }, Stop);

        var (first, second) = await TestHub.Reread(meeting);
        Assert.Equal((BookingStatus.Cancelled, BookingStatus.Confirmed), (first.Status, second.Status));
        Assert.Equal(BookingNotifications.Reminder, Assert.Single(
            await TestHub.EmailsOf(second), one => one.State == NotificationState.Planned).Type);
        Assert.False((await ToldOf(first)).IsWithdrawal);

        await MakeColleagues();
        var proposal = (await TestHub.Get<ProposeHandOver>().Run(new(Cast.Ada.Id, second.Id, Cast.Bob.Id), Stop)).Value;
        Assert.True((await TestHub.Get<AnswerProposal>().Accept(proposal.Id, Cast.Bob.Id, Stop)).IsDone);

        Assert.Null((await TestHub.Reread(second)).MeetingId); // by itself now: what is left is no meeting
    }

    [Fact]
    public async Task Whose_membership_ends_gives_both_back_with_one_email()
    {
        await Met();
        await TestHub.DeliverAll();

        Assert.True((await TestHub.Get<RetireOrganisation>().Run(
            new(Cast.Startup.Slug, BookingsAheadWish.Cancel, Cast.Alan.Id), Stop)).IsDone);

        Assert.Equal(0, await TestHub.ClaimCount());
        Assert.Single(await Waiting(), one => one.Type == BookingNotifications.Cancelled);
    }

    [Fact]
    public async Task Half_a_meeting_is_found_by_the_check_of_what_is_promised()
    {
        var meeting = await Met();
        await TestHub.Change<Booking>(meeting.Second.Id, part => part.MemberId = Cast.Bob.Id);

        Assert.NotEmpty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));

        await TestHub.Change<Booking>(meeting.Second.Id, part => part.MemberId = Cast.Ada.Id);
    }

    private Task<Meeting> Met(string? title = null) => TestHub.Meet(Cast.Ada, Cast.Spree, Cast.Havel, At(10, 11), title);

    private Task<Outcome<Booking>> Move(Booking part, When when) =>
        TestHub.Get<MoveBooking>().Run(new() { BookingId = part.Id, ActorId = Cast.Ada.Id, When = when }, Stop);

    private Task<Outcome<Booking>> Cancel(Booking part) => TestHub.Get<CancelBooking>().Run(part.Id, Cast.Ada.Id, ifRevision: null, Stop);

    /// <summary>What would leave, reminders aside.</summary>
    private async Task<List<Notification>> Waiting() => [.. (await TestHub.Read(db => db.Notifications.AsNoTracking()
        .Where(one => one.State == NotificationState.Planned).ToListAsync(Stop))).Where(one => one.Class != NotificationClass.Reminder)];

    private async Task<CalendarTold> ToldOf(Booking part)
    {
        await using var db = TestHub.OpenDb();
        var notification = Notification.To(
            Recipient.Of(Cast.Ada), BookingNotifications.Moved, Booking.Subject.Of(part.Id), TestHub.Opening);
        return (await new BookingCalendar().Part(db, notification, Stop))!;
    }

    private async Task AskToCheckIn()
    {
        await using var db = TestHub.OpenDb();
        var rules = await db.RuleSets.SingleAsync(one => one.Id == Cast.RoomRules.Id, Stop);
        rules.CheckInGraceMinutes = 15;
        await db.SaveChangesAsync(Stop);
    }

    private async Task MakeColleagues()
    {
        await using var db = TestHub.OpenDb();
        db.Memberships.Add(Membership.Of(Cast.Bob.Id, Cast.Startup.Id, TestHub.Opening, isHome: false));
        await db.SaveChangesAsync(Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : MeetingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MeetingTests(database), IClassFixture<PostgresDatabase>;
}
