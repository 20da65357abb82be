using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Bookings.Waiting;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Waiting;

/// <summary>Waiting for what is taken, and what becomes of it as it gets free.</summary>
public abstract class WaitingListTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    [Fact]
    public async Task Who_waited_first_gets_what_becomes_free_for_twenty_minutes_and_nobody_else()
    {
        var (booking, ada, grace) = await TwoWait();

        await TestHub.Cancel(booking);
        Assert.Equal(1, await TestHub.Offer());

        var offer = await TestHub.OfferOf(ada);
        Assert.Equal(TestHub.Clock.GetCurrentInstant() + Duration.FromMinutes(20), offer!.Until);
        Assert.Null(await TestHub.OfferOf(grace));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Alan, Cast.Spree, At(10, 12))).Code);
        var told = await TestHub.Read(db => db.Notifications.SingleAsync(one => one.Type == WaitingNotifications.Offered, Stop));
        Assert.Equal((Cast.Ada.Id, offer.Id, offer.Until), (told.MemberId, told.SubjectId, told.NotAfter!.Value));
        Assert.Equal(0, await TestHub.Offer());
    }

    [Fact]
    public async Task Accepting_books_it_and_ends_the_entry()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var offer = await TestHub.OfferOf(ada);

        var booked = (await TestHub.Get<AnswerOffer>().Accept(offer!.Id, Cast.Ada.Id, Stop)).Value;
        var again = (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).Value;

        Assert.Equal((Cast.Ada.Id, Cast.Spree.Id, offer.LocalSpan), (booked.MemberId, booked.SpaceId, booked.LocalSpan));
        Assert.Equal(booked.Id, again.Id);
        var entry = await TestHub.Reread(ada);
        Assert.Equal((WaitingStatus.Booked, booked.Id), (entry.Status, entry.BookingId));
        Assert.Equal(1, await TestHub.ClaimCount());
        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
    }

    [Fact]
    public async Task Declining_keeps_the_place_and_gives_it_to_the_next()
    {
        var (booking, ada, grace) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();

        Assert.True((await TestHub.Get<AnswerOffer>().Decline((await TestHub.OfferOf(ada))!.Id, Cast.Ada.Id, Stop)).IsDone);
        Assert.Equal(1, await TestHub.Offer());

        Assert.NotNull(await TestHub.OfferOf(grace));
        Assert.Equal((WaitingStatus.Waiting, 0), ((await TestHub.Reread(ada)).Status, (await TestHub.Reread(ada)).Lapses));
        var mine = await TestHub.Get<MyWaitingList>().Of(Cast.Ada.Id, Stop);
        Assert.Equal(1, Assert.Single(mine).Place);
    }

    [Fact]
    public async Task What_both_declined_is_offered_to_neither_again_until_somebody_else_has_had_it()
    {
        var (booking, ada, grace) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        await TestHub.Get<AnswerOffer>().Decline((await TestHub.OfferOf(ada))!.Id, Cast.Ada.Id, Stop);
        await TestHub.Offer();
        await TestHub.Get<AnswerOffer>().Decline((await TestHub.OfferOf(grace))!.Id, Cast.Grace.Id, Stop);

        Assert.Equal(0, await TestHub.Offer());
        var taken = await TestHub.Book(Cast.Alan, Cast.Spree, At(10, 12));
        Assert.Equal(0, await TestHub.Offer());
        await TestHub.Cancel(taken);
        Assert.Equal(1, await TestHub.Offer());

        Assert.NotNull(await TestHub.OfferOf(ada));
    }

    [Fact]
    public async Task Two_unanswered_offers_end_the_entry_and_its_member_is_told()
    {
        var (booking, ada, grace) = await TwoWait();
        await TestHub.Get<LeaveWaitingList>().Run(grace.Id, Cast.Grace.Id, Stop);
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        TestHub.Clock.AdvanceMinutes(20);
        Assert.Equal(0, await TestHub.Offer());
        Assert.Equal((WaitingStatus.Waiting, 1), ((await TestHub.Reread(ada)).Status, (await TestHub.Reread(ada)).Lapses));

        var taken = await TestHub.Book(Cast.Alan, Cast.Spree, At(10, 12));
        await TestHub.Offer();
        await TestHub.Cancel(taken);
        Assert.Equal(1, await TestHub.Offer());
        TestHub.Clock.AdvanceMinutes(20);
        await TestHub.Offer();

        Assert.Equal(WaitingStatus.Dropped, (await TestHub.Reread(ada)).Status);
        Assert.Equal(0, await TestHub.ClaimCount());
        Assert.Equal("Dropped", (await TestHub.Read(db => db.Notifications.SingleAsync(
            one => one.Type == WaitingNotifications.Ended, Stop))).Note);
    }

    [Fact]
    public async Task An_offer_that_has_ended_keeps_nobody_out_though_no_job_has_run()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var offer = await TestHub.OfferOf(ada);
        TestHub.Clock.Reset(offer!.Until - Duration.FromSeconds(1));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Alan, Cast.Spree, At(10, 12))).Code);

        TestHub.Clock.Reset(offer.Until);
        var booked = await TestHub.TryBook(Cast.Alan, Cast.Spree, At(10, 12));

        Assert.True(booked.IsDone);
        Assert.Equal("offer_over", (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        await TestHub.Offer();
        Assert.Equal(1, await TestHub.ClaimCount());
    }

    [Fact]
    public async Task An_offer_that_has_ended_cannot_be_accepted_though_it_is_still_free()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var offer = await TestHub.OfferOf(ada);
        TestHub.Clock.Reset(offer!.Until);

        Assert.Equal("offer_over", (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.Equal("offer_over", (await TestHub.Get<AnswerOffer>().Decline(offer.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Who_wishes_it_gets_it_booked_without_being_asked()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 12));
        var ada = await TestHub.Wait(Cast.Ada, Cast.Spree, At(10, 12), autoAccept: true);
        await TestHub.Cancel(booking);

        Assert.Equal(1, await TestHub.Offer());

        var entry = await TestHub.Reread(ada);
        Assert.Equal(WaitingStatus.Booked, entry.Status);
        Assert.Equal(Cast.Ada.Id, (await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == entry.BookingId, Stop))).MemberId);
    }

    [Fact]
    public async Task Whom_the_front_desk_puts_first_comes_first()
    {
        var (booking, ada, _) = await TwoWait();
        var join = TestHub.Get<JoinWaitingList>();
        JoinWaitingListRequest first = new()
        { ActorId = Cast.Frieda.Id, MemberId = Cast.Alan.Id, SpaceId = Cast.Spree.Id, When = At(10, 12), IsFirst = true };
        var alan = (await join.Run(first, Stop)).Value;

        await TestHub.Cancel(booking);
        await TestHub.Offer();

        Assert.NotNull(await TestHub.OfferOf(alan));
        Assert.Null(await TestHub.OfferOf(ada));
        Assert.Equal("only_front_desk",
            (await join.Run(first with { ActorId = Cast.Bob.Id, MemberId = null }, Stop)).Refusal?.Code);
        Assert.Equal("only_for_yourself",
            (await join.Run(first with { ActorId = Cast.Bob.Id, IsFirst = false }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_wish_is_offered_the_first_time_that_fits_at_either_site()
    {
        await Fill(Cast.Spree, Cast.Panke);
        var havel = await TestHub.Book(Cast.Bob, Cast.Havel, At(8, 16));
        var wish = (await TestHub.Get<JoinWaitingList>().Run(new()
        { ActorId = Cast.Ada.Id, When = At(8, 16), Minutes = 120, People = 6 }, Stop)).Value;
        Assert.Equal(0, await TestHub.Offer());

        Assert.True((await TestHub.Get<MoveBooking>().Run(new()
        { BookingId = havel.Id, ActorId = Cast.Bob.Id, When = At(8, 13) }, Stop)).IsDone);
        Assert.Equal(1, await TestHub.Offer());

        var offer = await TestHub.OfferOf(wish);
        Assert.Equal((Cast.Havel.Id, Tomorrow.At(new(13, 15)), Tomorrow.At(new(15, 15))),
            (offer!.SpaceId, offer.StartLocal, offer.EndLocal));
    }

    [Fact]
    public async Task A_wish_at_a_desk_is_the_shortest_part_of_a_day_that_is_long_enough()
    {
        foreach (var (desk, who) in new[] { (Cast.Desk, Cast.Bob), (Cast.NextDesk, Cast.Grace), (Cast.WestDesk, Cast.Alan) })
            await TestHub.Book(who, desk, When.On(Tomorrow));
        var wish = (await TestHub.Get<JoinWaitingList>().Run(new()
        { ActorId = Cast.Ada.Id, Kind = SpaceKind.Desk, SiteId = Cast.East.Id, When = When.On(Tomorrow), Minutes = 240 }, Stop)).Value;
        await TestHub.Cancel(await TestHub.Read(db => db.Bookings.SingleAsync(one => one.SpaceId == Cast.NextDesk.Id, Stop)));

        await TestHub.Offer();

        var offer = await TestHub.OfferOf(wish);
        Assert.Equal(Cast.NextDesk.Id, offer!.SpaceId);
        Assert.Equal(Tomorrow.At(new(8, 0)), offer.StartLocal);
        Assert.True(offer.EndLocal < Tomorrow.At(new(20, 0)));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("move")]
    [InlineData("shorten")]
    [InlineData("end early")]
    [InlineData("no-show")]
    [InlineData("back in service")]
    [InlineData("leave")]
    public async Task However_a_time_becomes_free_it_is_offered_at_once(string how)
    {
        if (how == "no-show")
            await RoomRules(rules => rules.CheckInGraceMinutes = 15);
        SpaceClosure? closure = null;
        var booking = how == "back in service" ? null : await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 14));
        if (how == "back in service")
        {
            closure = (await TestHub.Get<CloseSpace>().Run(
                new(Cast.Alan.Id, Cast.Spree.Id, Tomorrow.At(new(10, 0)), Tomorrow.At(new(14, 0)), new("Repair", "Reparatur")),
                Stop)).Value;
        }

        WaitingEntry? before = null;
        if (how == "leave")
        {
            before = await TestHub.Wait(Cast.Grace, Cast.Spree, At(12, 14));
            await TestHub.Cancel(booking!);
            await TestHub.Offer();
        }

        var waits = await TestHub.Wait(Cast.Ada, Cast.Spree, At(12, 14));
        Assert.Equal(0, await TestHub.Offer());
        if (how is "end early" or "no-show")
            TestHub.Clock.Reset(booking!.Start + Duration.FromMinutes(how == "no-show" ? 10 : 30));
        var signals = TestHub.Signal.Count;

        await Free(how, booking, closure, before);

        Assert.True(TestHub.Signal.Count > signals);
        Assert.Equal(1, await TestHub.Offer());
        Assert.NotNull(await TestHub.OfferOf(waits));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    private async Task Free(string how, Booking? booking, SpaceClosure? closure, WaitingEntry? before)
    {
        switch (how)
        {
            case "cancel":
                await TestHub.Cancel(booking!);
                break;
            case "move":
                Assert.True((await TestHub.Get<MoveBooking>().Run(
                    new() { BookingId = booking!.Id, ActorId = Cast.Bob.Id, SpaceId = Cast.Panke.Id }, Stop)).IsDone);
                break;
            case "shorten":
                Assert.True((await TestHub.Get<MoveBooking>().Run(
                    new() { BookingId = booking!.Id, ActorId = Cast.Bob.Id, When = At(10, 11) }, Stop)).IsDone);
                break;
            case "end early":
                Assert.True((await TestHub.Get<EndBooking>().Run(booking!.Id, Cast.Bob.Id, ifRevision: null, Stop)).IsDone);
                break;
            case "no-show":
                for (var minutes = 0; minutes < 10; minutes++)
                {
                    await TestHub.Get<ReleaseNoShows>().Run(Stop);
                    TestHub.Clock.AdvanceMinutes(1);
                }

                await TestHub.Get<ReleaseNoShows>().Run(Stop);
                break;
            case "back in service":
                Assert.True((await TestHub.Get<CloseSpace>().End(closure!.Id, Cast.Alan.Id, Stop)).IsDone);
                break;
            case "leave":
                Assert.True((await TestHub.Get<LeaveWaitingList>().Run(before!.Id, Cast.Grace.Id, Stop)).IsDone);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    [Fact]
    public async Task What_is_free_is_not_waited_for()
    {
        var refused = await TestHub.TryWait(Cast.Ada, Cast.Spree, At(10, 12));

        Assert.Equal("free_now", refused.Refusal?.Code);
        Assert.Equal(Cast.Spree.Id, Assert.Single(refused.Refusal!.Alternatives).SpaceId);
    }

    [Fact]
    public async Task What_the_rules_do_not_allow_is_not_waited_for()
    {
        Assert.Equal("outside_opening_hours", (await TestHub.TryWait(Cast.Ada, Cast.Spree, At(6, 7))).Refusal?.Code);
        Assert.Equal("nothing_fits", (await TestHub.Get<JoinWaitingList>().Run(
            new() { ActorId = Cast.Ada.Id, When = At(8, 20), Minutes = 60, People = 9_000 }, Stop)).Refusal?.Code);
        Assert.Equal("window_too_short", (await TestHub.Get<JoinWaitingList>().Run(
            new() { ActorId = Cast.Ada.Id, When = At(8, 9), Minutes = 90 }, Stop)).Refusal?.Code);
        Assert.Equal("too_long", (await TestHub.Get<JoinWaitingList>().Run(new()
        { ActorId = Cast.Ada.Id, When = When.Days(Tomorrow, Tomorrow.PlusDays(7)), Minutes = 90 }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_waits_for_what_they_have_nor_for_more_than_five_things()
    {
        await TestHub.Book(Cast.Bob, Cast.Spree, At(8, 16));
        Assert.Equal("already_yours", (await TestHub.TryWait(Cast.Bob, Cast.Spree, At(10, 12))).Refusal?.Code);
        for (var hour = 9; hour < 14; hour++)
            await TestHub.Wait(Cast.Ada, Cast.Spree, At(hour, hour + 1));

        Assert.Equal("too_many_waiting", (await TestHub.TryWait(Cast.Ada, Cast.Spree, At(14, 15))).Refusal?.Code);
        Assert.True((await TestHub.TryWait(Cast.Ada, Cast.Spree, At(9, 10))).IsDone); // the same again is the same entry
        Assert.Equal(5, await TestHub.Read(db => db.WaitingEntries.CountAsync(Stop)));
    }

    [Fact]
    public async Task An_entry_ends_when_its_member_books_something_of_the_kind_at_that_time()
    {
        var (booking, ada, grace) = await TwoWait();
        await TestHub.Book(Cast.Ada, Cast.Panke, At(11, 13));
        await TestHub.Book(Cast.Grace, Cast.Desk, When.On(Tomorrow)); // a desk is no room
        await TestHub.Cancel(booking);

        await TestHub.Offer();

        Assert.Equal(WaitingStatus.Covered, (await TestHub.Reread(ada)).Status);
        Assert.NotNull(await TestHub.OfferOf(grace));
        Assert.False(await TestHub.Read(db => db.Notifications.AnyAsync(one => one.Type == WaitingNotifications.Ended, Stop)));
    }

    [Fact]
    public async Task What_was_booked_before_waiting_ends_nothing()
    {
        await TestHub.Book(Cast.Ada, Cast.Panke, At(10, 12));
        TestHub.Clock.AdvanceMinutes(1);
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);

        await TestHub.Offer();

        Assert.NotNull(await TestHub.OfferOf(ada));
    }

    [Fact]
    public async Task An_entry_ends_when_its_time_has_passed_with_a_short_email()
    {
        var (_, ada, _) = await TwoWait();
        TestHub.Clock.Reset(ada.EndsAt - Duration.FromSeconds(1));
        await TestHub.Offer();
        Assert.Equal(WaitingStatus.Waiting, (await TestHub.Reread(ada)).Status);

        TestHub.Clock.Reset(ada.EndsAt);
        await TestHub.Offer();

        Assert.Equal(WaitingStatus.Expired, (await TestHub.Reread(ada)).Status);
        Assert.Equal(2, await TestHub.Read(db => db.Notifications.CountAsync(
            one => one.Type == WaitingNotifications.Ended && one.Note == "Expired", Stop)));
    }

    [Fact]
    public async Task Who_may_not_book_just_now_keeps_the_place_and_the_next_is_offered_it()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tomorrow));
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tomorrow));
        TestHub.Clock.AdvanceMinutes(1);
        var ada = await TestHub.Wait(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        var grace = await TestHub.Wait(Cast.Grace, Cast.Desk, When.On(Tomorrow));
        await TestHub.Cancel(booking);

        Assert.Equal(1, await TestHub.Offer());

        Assert.NotNull(await TestHub.OfferOf(grace));
        Assert.Equal(WaitingStatus.Waiting, (await TestHub.Reread(ada)).Status);
    }

    [Fact]
    public async Task What_begins_too_soon_to_be_answered_is_not_offered()
    {
        await RoomRules(rules => rules.NoticeMinutes = 60);
        var (booking, ada, _) = await TwoWait();
        TestHub.Clock.Reset(ada.EndsAt - Duration.FromMinutes(62));
        await TestHub.Cancel(booking);

        Assert.Equal(0, await TestHub.Offer());
    }

    [Fact]
    public async Task The_link_of_the_email_answers_without_signing_in_and_looking_changes_nothing()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var notification = await TestHub.Read(db => db.Notifications.SingleAsync(one => one.Type == WaitingNotifications.Offered, Stop));
        var token = (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.WaitingOffer, notification.Id);
        var answer = TestHub.Get<AnswerOffer>();

        Assert.True((await answer.Look(token, Stop))!.IsOpen);
        Assert.Null(await answer.Look(token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), Stop));
        Assert.Equal(Cast.Ada.Id, (await answer.AcceptByLink(token, Stop)).Value.MemberId);
        Assert.Equal(WaitingStatus.Booked, (await TestHub.Reread(ada)).Status);
    }

    [Fact]
    public async Task What_is_only_held_keeps_nobody_from_taking_a_room_out_of_service()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var offer = await TestHub.OfferOf(ada);

        Assert.True((await TestHub.Get<CloseSpace>().Run(
            new(Cast.Frieda.Id, Cast.Spree.Id, Tomorrow.At(new(9, 0)), Tomorrow.At(new(13, 0)), new("Repair", "Reparatur")), Stop)).IsDone);

        Assert.Equal("offer_over", (await TestHub.Get<AnswerOffer>().Accept(offer!.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.Equal((WaitingStatus.Waiting, 0), ((await TestHub.Reread(ada)).Status, (await TestHub.Reread(ada)).Lapses));
        Assert.Equal(0, await TestHub.Offer());
    }

    [Fact]
    public async Task Strangers_neither_answer_nor_end_what_is_not_theirs_but_the_front_desk_does()
    {
        var (booking, ada, grace) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        var offer = await TestHub.OfferOf(ada);

        Assert.Equal("not_found", (await TestHub.Get<AnswerOffer>().Accept(offer!.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await TestHub.Get<LeaveWaitingList>().Run(grace.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<LeaveWaitingList>().Run(grace.Id, Cast.Frieda.Id, Stop)).IsDone);
        Assert.Equal(Cast.Ada.Id, (await TestHub.Get<AnswerOffer>().Accept(offer.Id, Cast.Frieda.Id, Stop)).Value.MemberId);
    }

    [Fact]
    public async Task Acts_and_their_order_are_recorded()
    {
        var (booking, ada, _) = await TwoWait();
        await TestHub.Cancel(booking);
        await TestHub.Offer();
        await TestHub.Get<AnswerOffer>().Accept((await TestHub.OfferOf(ada))!.Id, Cast.Ada.Id, Stop);

        var acts = await TestHub.Read(db => db.ActivityOf(WaitingEntry.Subject.Of(ada.Id), 10).Select(one => one.Act).ToListAsync(Stop));

        Assert.Equal(["waiting_entry.booked", "waiting_entry.joined", "waiting_entry.offered"], acts.Order(StringComparer.Ordinal));
    }

    /// <summary>Bob has Spree from 10 to 12; Ada waits for it, and after her Grace.</summary>
    private async Task<(Booking Booking, WaitingEntry Ada, WaitingEntry Grace)> TwoWait()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 12));
        TestHub.Clock.AdvanceSeconds(1);
        return (booking, await TestHub.Wait(Cast.Ada, Cast.Spree, At(10, 12)), await TestHub.Wait(Cast.Grace, Cast.Spree, At(10, 12)));
    }

    private async Task RoomRules(Action<RuleSet> change)
    {
        await using var db = TestHub.OpenDb();
        change(await db.RuleSets.SingleAsync(one => one.Id == Cast.RoomRules.Id, Stop));
        await db.SaveChangesAsync(Stop);
    }

    private async Task Fill(params Space[] spaces)
    {
        foreach (var space in spaces)
            await TestHub.Book(Cast.Bob, space, At(8, 16));
    }

    public sealed class OnSqlite(SqliteDatabase database) : WaitingListTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WaitingListTests(database), IClassFixture<PostgresDatabase>;
}
