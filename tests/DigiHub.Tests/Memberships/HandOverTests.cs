using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Memberships;

/// <summary>Rule 7 of people: whose membership ends, their bookings ahead can go to a colleague.</summary>
public abstract class HandOverTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task A_booking_becomes_a_colleagues_with_its_id_and_its_claims_and_without_its_title()
    {
        var booking = (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Bob.Id, SpaceId = Cast.Spree.Id, When = At(24, 10), Title = "My doctor" }, Stop)).Value;
        var claims = await Claims();

        var ended = (await End(Cast.Bob, Cast.Grace)).Value;

        var now = await TestHub.Reread(booking);
        Assert.Equal((1, 0), (ended.BookingsHandedOver, ended.BookingsCancelled));
        Assert.Equal((Cast.Grace.Id, (string?)null, BookingStatus.Confirmed, booking.CalendarSequence + 1),
            (now.MemberId, now.Title, now.Status, now.CalendarSequence));
        Assert.Equal(claims, await Claims());
        Assert.False(await TestHub.Read(db => db.Memberships.Standing().AnyAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
        var act = await TestHub.Read(db => db.Activity.SingleAsync(one => one.Act == "booking.handed_over", Stop));
        Assert.Equal((Cast.Alan.Id, Cast.Grace.Id, booking.Id), (act.ActorId!.Value, act.OnBehalfOfId!.Value, act.SubjectId!.Value));
        Assert.Contains($"\"memberId\":[\"{Cast.Bob.Id}\",\"{Cast.Grace.Id}\"]", act.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_had_it_can_no_longer_change_it_and_who_has_it_can()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

        await End(Cast.Bob, Cast.Grace);

        Assert.Equal("not_found", (await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, null, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Grace.Id, null, Stop)).IsDone);
    }

    [Fact]
    public async Task Reminders_follow_the_new_member_and_those_of_the_former_lapse()
    {
        await TestHub.Change<Member>(Cast.Grace.Id, grace => grace.BookingReminderMinutesBefore = 60);
        var booking = (await TestHub.Get<BookSpace>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            SpaceId = Cast.Spree.Id,
            When = At(24, 10),
            Reminder = ReminderChoice.Minutes(15),
        }, Stop)).Value;

        await End(Cast.Bob, Cast.Grace);

        var emails = await TestHub.EmailsOf(booking);
        Assert.All(emails.Where(one => one.MemberId == Cast.Bob.Id), one => Assert.Equal(
            (NotificationState.Cancelled, NotificationReason.HandedOver), (one.State, one.Reason!.Value)));
        var reminder = Assert.Single(emails, one => one.MemberId == Cast.Grace.Id && one.Type == BookingNotifications.Reminder);
        Assert.Equal((booking.Start - Duration.FromHours(1), NotificationState.Planned), (reminder.DueAt, reminder.State));
    }

    [Fact]
    public async Task One_booking_is_one_email_for_each_with_what_their_calendars_need()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));
        await TestHub.DeliverAll();

        await End(Cast.Bob, Cast.Grace);

        Assert.Equal(
            [(Cast.Bob.Id, "booking_handed_over", "withdrawn"), (Cast.Bob.Id, "membership_changed", "-"),
                (Cast.Grace.Id, "booking_received", "invited")],
            (await Deliver()).Select(one => (one.MemberId!.Value, one.Type.Name, Told(one)))
                .OrderBy(one => one.Item1 == Cast.Grace.Id).ThenBy(one => one.Name, StringComparer.Ordinal));
        var note = MembershipChangeNote.Parse(await TestHub.Read(db => db.Notifications
            .Where(one => one.Type == MembershipNotifications.Changed).Select(one => one.Note).SingleAsync(Stop)))!;
        Assert.Equal((Cast.Grace.Id, 1), (note.HandedOverTo!.Value, note.HandedOverCount));
        Assert.Equal(new BookingThen(Cast.Spree.Id, booking.LocalSpan), Assert.Single(note.HandedOver));
    }

    [Fact]
    public async Task Several_are_one_email_for_the_colleague_and_whose_calendar_never_had_them_hears_of_none()
    {
        foreach (var day in new[] { 24, 25, 26 })
            await TestHub.Book(Cast.Bob, Cast.Spree, At(day, 10));

        Assert.Equal(3, (await End(Cast.Bob, Cast.Grace)).Value.BookingsHandedOver);

        var left = await Deliver();
        Assert.Equal([(Cast.Bob.Id, "membership_changed"), (Cast.Grace.Id, "bookings_received")],
            left.Select(one => (one.MemberId!.Value, one.Type.Name)).OrderBy(one => one.Item2 != "membership_changed"));
        await using var db = TestHub.OpenDb();
        Assert.Equal(3, (await ReceivedBookings.Of(db, left.Single(one => one.MemberId == Cast.Grace.Id), Stop)).Count);
    }

    [Fact]
    public async Task What_was_cancelled_before_it_left_is_not_told_to_the_colleague()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));
        await TestHub.Book(Cast.Bob, Cast.Spree, At(25, 10));
        await End(Cast.Bob, Cast.Grace);

        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Grace.Id, null, Stop);

        var told = Assert.Single(await Deliver(), one => one.MemberId == Cast.Grace.Id);
        await using var db = TestHub.OpenDb();
        Assert.Single(await ReceivedBookings.Of(db, told, Stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BookingsAheadWish.Cancel)]
    [InlineData(BookingsAheadWish.Keep)]
    public async Task What_the_colleague_may_not_have_is_refused_unless_it_is_said_what_becomes_of_it(BookingsAheadWish? rest)
    {
        await TestHub.Book(Cast.Grace, Cast.Desk, When.On(new(2026, 11, 24)));
        var desk = await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(new(2026, 11, 24)));
        var room = await TestHub.Book(Cast.Bob, Cast.Spree, At(25, 10));

        var outcome = await End(Cast.Bob, Cast.Grace, rest);

        var (deskNow, roomNow) = (await TestHub.Reread(desk), await TestHub.Reread(room));
        if (rest is null)
        {
            Assert.Equal(("hand_over_not_possible", "handOverTo"), (outcome.Refusal!.Code, outcome.Refusal.Field));
            Assert.Contains("another desk then", outcome.Refusal.Message.English, StringComparison.Ordinal);
            Assert.DoesNotContain("Spree", outcome.Refusal.Message.English, StringComparison.Ordinal);
            Assert.Equal((Cast.Bob.Id, Cast.Bob.Id), (deskNow.MemberId, roomNow.MemberId));
            Assert.True(await TestHub.Read(db => db.Memberships.Standing().AnyAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
            return;
        }

        Assert.Equal(Cast.Grace.Id, roomNow.MemberId);
        Assert.Equal((Cast.Bob.Id, rest == BookingsAheadWish.Keep), (deskNow.MemberId, deskNow.IsStanding));
        Assert.Equal((1, rest == BookingsAheadWish.Keep ? 0 : 1), (outcome.Value.BookingsHandedOver, outcome.Value.BookingsCancelled));
    }

    [Fact]
    public async Task A_colleague_never_has_more_bookings_ahead_than_anybody_may()
    {
        for (var i = 0; i < BookingRules.OpenBookingsMax - 2; i++)
            await TestHub.Book(Cast.Grace, Cast.Panke, At(24 + i / 12, 8 + i % 12));
        await TestHub.Book(Cast.Grace, Cast.Spree, At(27, 10));
        var first = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));
        var second = await TestHub.Book(Cast.Bob, Cast.Spree, At(25, 10));

        Assert.Equal("hand_over_not_possible", (await End(Cast.Bob, Cast.Grace)).Refusal?.Code);
        Assert.Equal(1, (await End(Cast.Bob, Cast.Grace, BookingsAheadWish.Keep)).Value.BookingsHandedOver);

        Assert.Equal((Cast.Grace.Id, Cast.Bob.Id), ((await TestHub.Reread(first)).MemberId, (await TestHub.Reread(second)).MemberId));
    }

    [Fact]
    public async Task Only_somebody_of_the_same_organisation_whose_account_can_be_used_gets_bookings()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

        Assert.Equal("colleague_unknown", (await End(Cast.Bob, Cast.Ada)).Refusal?.Code);
        Assert.Equal("colleague_unknown", (await End(Cast.Bob, Cast.Bob)).Refusal?.Code);
        await TestHub.Get<DisableMember>().Run(Cast.Grace.Id, Cast.Alan.Id, Stop);
        Assert.Equal("colleague_unknown", (await End(Cast.Bob, Cast.Grace)).Refusal?.Code);

        Assert.Equal(Cast.Bob.Id, (await TestHub.Reread(booking)).MemberId);
    }

    [Fact]
    public async Task Who_leaves_puts_bookings_on_nobody_and_sees_no_colleagues_to_choose_from()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

        Assert.Equal("hand_over_by_administrators", (await End(Cast.Bob, Cast.Grace, actor: Cast.Bob)).Refusal?.Code);

        var people = TestHub.Get<OrganisationPeople>();
        Assert.Empty((await people.Find(Cast.Institute.Slug, Cast.Bob.Id, Cast.Bob.Id, Stop))!.Colleagues);
        Assert.Equal([Cast.Grace.Id], (await people.Find(Cast.Institute.Slug, Cast.Bob.Id, Cast.Alan.Id, Stop))!.Colleagues
            .Select(one => one.MemberId));
    }

    /// <summary>What has begun stays, as do bookings of another organisation.</summary>
    [Fact]
    public async Task Only_bookings_ahead_in_the_name_of_the_organisation_go()
    {
        var running = await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(new(2026, 11, 23, 9, 0), new(2026, 11, 23, 12, 0)));
        TestHub.Clock.AdvanceMinutes(120);
        await TestHub.Get<AddToOrganisation>().Run(Cast.Ada.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop);
        var others = await TestHub.Book(Cast.Ada, Cast.Panke, At(24, 10));

        Assert.Equal(0, (await End(Cast.Ada, Cast.Grace)).Value.BookingsHandedOver);
        Assert.Equal(0, (await End(Cast.Bob, Cast.Grace)).Value.BookingsHandedOver);

        Assert.Equal((Cast.Bob.Id, Cast.Ada.Id), ((await TestHub.Reread(running)).MemberId, (await TestHub.Reread(others)).MemberId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handing_over_and_what_the_former_member_does_at_once_have_one_winner(bool moves)
    {
        for (var round = 0; round < 12; round++)
        {
            var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

            var acting = Task.Run(() => moves
                ? TestHub.Get<MoveBooking>().Run(new() { BookingId = booking.Id, ActorId = Cast.Bob.Id, SpaceId = Cast.Panke.Id }, Stop)
                : TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, null, Stop), Stop);
            var ending = Task.Run(() => End(Cast.Bob, Cast.Grace), Stop);
            var (acted, ended) = (await acting, (await ending).Value);

            var now = await TestHub.Reread(booking);
            if (!acted.IsDone)
                Assert.True(acted.Refusal!.Code is "stale" or "not_found", acted.Refusal.Code);
            Assert.Equal(ended.BookingsHandedOver == 1, now.MemberId == Cast.Grace.Id);
            Assert.Equal(moves || !acted.IsDone ? 1 : 0, ended.BookingsHandedOver);
            Assert.Equal(moves || !acted.IsDone, now.IsStanding);
            Assert.Equal(moves && acted.IsDone ? Cast.Panke.Id : Cast.Spree.Id, now.SpaceId);
            Assert.Equal(now.IsStanding, await TestHub.Read(db => db.Claims.AnyAsync(Stop)));
            await TestHub.Get<CancelBooking>().Run(booking.Id, now.MemberId, null, Stop);
            await TestHub.Get<AddToOrganisation>().Run(Cast.Bob.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop);
        }
    }

    /// <summary>Rule 9.</summary>
    [Fact]
    public async Task As_an_organisation_retires_one_of_its_people_gets_what_all_others_have_booked_with_one_email()
    {
        await TestHub.Get<AddToOrganisation>().Run(Cast.Frieda.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop);
        var bobs = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));
        var friedas = await TestHub.Book(Cast.Frieda, Cast.Panke, At(25, 10));
        var own = await TestHub.Book(Cast.Grace, Cast.Spree, At(26, 10));
        var claims = await Claims();
        await TestHub.DeliverAll();

        var retired = (await Retire(Cast.Grace)).Value;

        Assert.Equal((3, 0, 2), (retired.People, retired.BookingsCancelled, retired.BookingsHandedOver));
        foreach (var booking in new[] { bobs, friedas, own })
        {
            var now = await TestHub.Reread(booking);
            Assert.Equal((Cast.Grace.Id, BookingStatus.Confirmed), (now.MemberId, now.Status));
        }

        Assert.Equal(claims, await Claims());
        var left = await Deliver();
        var received = Assert.Single(left, one => one.Type == BookingNotifications.ReceivedSeveral);
        Assert.Equal(Cast.Grace.Id, received.MemberId);
        Assert.Null(ReceivedNote.Parse(received.Note)!.FromId);
        await using var db = TestHub.OpenDb();
        Assert.Equal([bobs.Id, friedas.Id], (await ReceivedBookings.Of(db, received, Stop)).Select(one => one.Id));
        var told = left.Single(one => one.MemberId == Cast.Bob.Id && one.Type == MembershipNotifications.Changed);
        Assert.Equal((MembershipChange.OrganisationRetired, Cast.Grace.Id, 1), MembershipChangeNote.Parse(told.Note) is { } note
            ? (note.Change, note.HandedOverTo!.Value, note.HandedOverCount) : default);
        Assert.Contains(left, one => one.MemberId == Cast.Frieda.Id && one.Type == BookingNotifications.HandedOver);
        var ofGrace = left.Single(one => one.MemberId == Cast.Grace.Id && one.Type == MembershipNotifications.Changed);
        Assert.Equal(0, MembershipChangeNote.Parse(ofGrace.Note)!.HandedOverCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BookingsAheadWish.Cancel)]
    [InlineData(BookingsAheadWish.Keep)]
    public async Task An_organisation_retires_only_once_it_is_said_what_becomes_of_what_that_person_may_not_have(BookingsAheadWish? rest)
    {
        await TestHub.Book(Cast.Grace, Cast.Desk, When.On(new(2026, 11, 24)));
        var desk = await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(new(2026, 11, 24)));
        var room = await TestHub.Book(Cast.Bob, Cast.Spree, At(25, 10));

        var outcome = await Retire(Cast.Grace, rest);

        Assert.Equal(rest is null ? "hand_over_not_possible" : null, outcome.Refusal?.Code);
        var (deskNow, roomNow) = (await TestHub.Reread(desk), await TestHub.Reread(room));
        Assert.Equal((Cast.Bob.Id, rest != BookingsAheadWish.Cancel), (deskNow.MemberId, deskNow.IsStanding));
        Assert.Equal(rest is null ? Cast.Bob.Id : Cast.Grace.Id, roomNow.MemberId);
        Assert.Equal(rest is null, await TestHub.Read(db => db.Memberships.Standing().AnyAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
    }

    [Fact]
    public async Task Who_does_not_belong_there_gets_nothing_as_an_organisation_retires()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

        Assert.Equal("colleague_unknown", (await Retire(Cast.Ada)).Refusal?.Code);
        await TestHub.Get<DisableMember>().Run(Cast.Grace.Id, Cast.Alan.Id, Stop);
        Assert.Equal("colleague_unknown", (await Retire(Cast.Grace)).Refusal?.Code);

        Assert.Equal(Cast.Bob.Id, (await TestHub.Reread(booking)).MemberId);
    }

    [Fact]
    public async Task Retiring_and_what_its_people_do_at_once_have_one_winner()
    {
        for (var round = 0; round < 8; round++)
        {
            var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(24, 10));

            var cancelling = Task.Run(() => TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, null, Stop), Stop);
            var retiring = Task.Run(() => Retire(Cast.Grace), Stop);
            var (cancelled, retired) = (await cancelling, (await retiring).Value);

            var now = await TestHub.Reread(booking);
            Assert.Equal(cancelled.IsDone ? 0 : 1, retired.BookingsHandedOver);
            Assert.Equal((!cancelled.IsDone, !cancelled.IsDone), (now.MemberId == Cast.Grace.Id, now.IsStanding));
            await TestHub.Get<CancelBooking>().Run(booking.Id, now.MemberId, null, Stop);
            await using var db = TestHub.OpenDb();
            await db.Organisations.ExecuteUpdateAsync(set => set.SetProperty(one => one.RetiredAt, (Instant?)null), Stop);
            foreach (var member in new[] { Cast.Bob, Cast.Grace })
                await TestHub.Get<AddToOrganisation>().Run(member.Id, Cast.Institute.Slug, MembershipRole.Member, Cast.Alan.Id, Stop);
        }
    }

    private Task<Outcome<OrganisationRetired>> Retire(Member to, BookingsAheadWish? rest = null) =>
        TestHub.Get<RetireOrganisation>().Run(new(Cast.Institute.Slug, rest, Cast.Alan.Id) { HandOverTo = to.Id }, Stop);

    private static When At(int day, int hour) => When.Between(new(2026, 11, day, hour, 0), new(2026, 11, day, hour, 45));

    private Task<Outcome<MembershipEnded>> End(Member member, Member to, BookingsAheadWish? rest = null, Member? actor = null) =>
        TestHub.Get<EndMembership>().Run(
            new(Cast.Institute.Slug, member.Id, rest, (actor ?? Cast.Alan).Id) { HandOverTo = to.Id }, Stop);

    private async Task<List<Notification>> Deliver()
    {
        var before = TestHub.Sender.Taken.Count;
        TestHub.Clock.AdvanceMinutes(1);
        await TestHub.Get<DeliverNotifications>().Run(Stop);
        return [.. TestHub.Sender.Taken.Skip(before)];
    }

    private static string Told(Notification one) => one.Told is not { } told ? "-" : told.IsWithdrawal ? "withdrawn" : "invited";

    private Task<List<(int, Instant, Instant)>> Claims() => TestHub.Read(async db =>
        (await db.Claims.AsNoTracking().OrderBy(one => one.UnitId).ToListAsync(Stop)).ConvertAll(one => (one.UnitId, one.Start, one.End)));

    public sealed class OnSqlite(SqliteDatabase database) : HandOverTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HandOverTests(database), IClassFixture<PostgresDatabase>;
}
