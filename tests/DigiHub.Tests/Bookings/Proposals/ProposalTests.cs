using DigiHub.Bookings;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings.Waiting;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Proposals;

/// <summary>Swapping bookings and handing them over, once the other side has agreed.</summary>
public abstract class ProposalTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static When At(int from, int until) => When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0)));

    [Fact]
    public async Task Accepting_a_swap_gives_each_the_time_and_room_of_the_other()
    {
        var (ada, bob, proposal) = await Proposed();
        var (adaSpan, bobSpan) = (ada.LocalSpan, bob.LocalSpan);

        Assert.True((await Accept(proposal, Cast.Bob)).IsDone);

        var (adas, bobs) = (await TestHub.Reread(ada), await TestHub.Reread(bob));
        Assert.Equal((Cast.Ada.Id, Cast.Panke.Id, bobSpan), (adas.MemberId, adas.SpaceId, adas.LocalSpan));
        Assert.Equal((Cast.Bob.Id, Cast.Spree.Id, adaSpan), (bobs.MemberId, bobs.SpaceId, bobs.LocalSpan));
        Assert.Equal(2, await TestHub.ClaimCount());
        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
        Assert.Equal("proposal_over", (await Accept(proposal, Cast.Bob)).Refusal?.Code);
    }

    [Fact]
    public async Task Swapping_at_the_same_time_in_one_room_and_its_neighbour_works_beside_other_bookings()
    {
        var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var bob = await TestHub.Book(Cast.Bob, Cast.Spree, When.Between(Tomorrow.At(new(11, 15)), Tomorrow.At(new(12, 15))));
        await TestHub.Book(Cast.Grace, Cast.Spree, When.Between(Tomorrow.At(new(12, 30)), Tomorrow.At(new(13, 0))));
        var proposal = (await Propose(ada, bob)).Value;

        Assert.True((await Accept(proposal, Cast.Bob)).IsDone);

        Assert.Equal(Tomorrow.At(new(11, 15)), (await TestHub.Reread(ada)).StartLocal);
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Until_it_is_accepted_nothing_changes_and_each_answer_ends_it()
    {
        var (ada, bob, proposal) = await Proposed();
        Assert.Equal(proposal.AnswerBy, Instant.Min(ada.Start, bob.Start)); // sooner than two days
        var answers = TestHub.Get<AnswerProposal>();

        Assert.Equal("not_found", (await Accept(proposal, Cast.Ada)).Refusal?.Code);
        Assert.Equal("not_found", (await Accept(proposal, Cast.Grace)).Refusal?.Code);
        Assert.True((await answers.Decline(proposal.Id, Cast.Bob.Id, Stop)).IsDone);

        Assert.Equal("proposal_over", (await Accept(proposal, Cast.Bob)).Refusal?.Code);
        Assert.Equal(Cast.Spree.Id, (await TestHub.Reread(ada)).SpaceId);
        Assert.Equal(Cast.Ada.Id, (await TestHub.Read(db => db.Notifications.SingleAsync(
            one => one.Type == ProposalNotifications.Ended, Stop))).MemberId);
        var again = (await Propose(ada, bob)).Value;
        Assert.True((await answers.Withdraw(again.Id, Cast.Ada.Id, Stop)).IsDone);
        Assert.Equal("proposal_over", (await answers.Decline(again.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task What_moved_or_was_cancelled_meanwhile_is_not_swapped()
    {
        var (ada, bob, proposal) = await Proposed();
        Assert.True((await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = bob.Id, ActorId = Cast.Bob.Id, When = At(16, 17) }, Stop)).IsDone);

        Assert.Equal("proposal_changed", (await Accept(proposal, Cast.Bob)).Refusal?.Code);

        Assert.Equal(1, await TestHub.Get<LapseProposals>().Run(Stop));
        Assert.Equal((Cast.Spree.Id, 10), ((await TestHub.Reread(ada)).SpaceId, (await TestHub.Reread(ada)).StartLocal.Hour));
    }

    [Fact]
    public async Task It_lapses_as_a_booking_begins_or_after_two_days_though_no_job_has_run()
    {
        var (ada, bob, proposal) = await Proposed();
        TestHub.Clock.Reset(proposal.AnswerBy);

        Assert.Equal("proposal_over", (await Accept(proposal, Cast.Bob)).Refusal?.Code);

        var far = Tomorrow.PlusDays(6);
        var mine = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(far.At(new(10, 0)), far.At(new(11, 0))));
        var theirs = await TestHub.Book(Cast.Bob, Cast.Panke, When.Between(far.At(new(10, 0)), far.At(new(11, 0))));
        var later = (await Propose(mine, theirs)).Value;
        Assert.Equal(TestHub.Clock.GetCurrentInstant() + Duration.FromHours(48), later.AnswerBy);
        TestHub.Clock.Reset(later.AnswerBy);
        Assert.True((await Propose(mine, theirs)).IsDone); // what is over by time makes way
        Assert.Equal(0, await TestHub.Get<LapseProposals>().Run(Stop));
        Assert.Equal(2, await TestHub.Read(db => db.Notifications.CountAsync(one => one.Type == ProposalNotifications.Ended, Stop)));
    }

    [Fact]
    public async Task A_swap_that_the_rules_do_not_allow_is_refused_to_both()
    {
        var desk = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow, DayPart.Morning));
        var other = await TestHub.Book(Cast.Bob, Cast.NextDesk, When.On(Tomorrow, DayPart.Afternoon));
        var proposal = (await Propose(desk, other)).Value;
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(Tomorrow, DayPart.Afternoon)); // since then she sits elsewhere

        Assert.Equal("not_possible_for_them", (await Accept(proposal, Cast.Bob)).Refusal?.Code);

        await Close(Tomorrow);
        Assert.Equal("closed_that_day", (await Accept(proposal, Cast.Bob)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_asks_for_what_is_free_or_their_own_or_twice_at_once()
    {
        var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var own = await TestHub.Book(Cast.Ada, Cast.Booth, At(14, 15));
        var bob = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 15));
        var swap = TestHub.Get<ProposeSwap>();

        Assert.Equal("nobody_has_that",
            (await swap.Run(new(Cast.Ada.Id, ada.Id, Cast.Panke.Id, Tomorrow.At(new(10, 0))), Stop)).Refusal?.Code);
        Assert.Equal("both_yours", (await swap.Run(new(Cast.Ada.Id, ada.Id, Cast.Booth.Id, own.StartLocal), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await swap.Run(new(Cast.Grace.Id, ada.Id, Cast.Panke.Id, bob.StartLocal), Stop)).Refusal?.Code);
        Assert.True((await Propose(ada, bob)).IsDone);
        Assert.Equal("already_proposed", (await Propose(ada, bob)).Refusal?.Code);
    }

    [Theory]
    [InlineData("2026-10-24", "2026-10-25")]
    [InlineData("2027-03-27", "2027-03-28")]
    public async Task Swapped_bookings_keep_their_local_times_as_the_clocks_change(string before, string change)
    {
        var (eve, day) = (Date(before), Date(change));
        TestHub.Clock.Reset(SiteTime.Of("Europe/Berlin").Shifted(eve.PlusDays(-2).At(new(9, 0))));
        await Open(eve, day);
        var ada = await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(eve.At(new(8, 0)), eve.At(new(9, 0))));
        var bob = await TestHub.Book(Cast.Bob, Cast.Panke, When.Between(day.At(new(8, 0)), day.At(new(9, 0))));

        Assert.True((await Accept((await Propose(ada, bob)).Value, Cast.Bob)).IsDone);

        var (adas, bobs) = (await TestHub.Reread(ada), await TestHub.Reread(bob));
        Assert.Equal((day.At(new(8, 0)), eve.At(new(8, 0))), (adas.StartLocal, bobs.StartLocal));
        Assert.Equal(SiteTime.Of("Europe/Berlin").Shifted(day.At(new(8, 0))), adas.Start);
        Assert.Equal(before[..4] == "2026" ? 25 : 23, (adas.Start - bobs.Start).TotalHours);
    }

    [Fact]
    public async Task A_colleague_who_accepts_gets_the_booking_and_until_then_nothing_changes()
    {
        var (booking, proposal) = await Offered();
        Assert.Equal(Cast.Ada.Id, (await TestHub.Reread(booking)).MemberId);

        Assert.True((await Accept(proposal, Cast.Grace)).IsDone);

        Assert.Equal(Cast.Grace.Id, (await TestHub.Reread(booking)).MemberId);
        Assert.Equal(1, await TestHub.ClaimCount());
        Assert.True(await TestHub.Read(db => db.Notifications.AnyAsync(
            one => one.Type == BookingNotifications.Received && one.MemberId == Cast.Grace.Id, Stop)));
    }

    [Fact]
    public async Task Only_to_colleagues_and_not_what_they_may_not_have()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        await Colleagues(Cast.Ada, Cast.Grace);
        var hand = TestHub.Get<ProposeHandOver>();
        Assert.Equal("not_a_colleague", (await hand.Run(new(Cast.Ada.Id, booking.Id, Cast.Bob.Id), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await hand.Run(new(Cast.Bob.Id, booking.Id, Cast.Grace.Id), Stop)).Refusal?.Code);
        var proposal = (await hand.Run(new(Cast.Ada.Id, booking.Id, Cast.Grace.Id), Stop)).Value;
        await TestHub.Book(Cast.Grace, Cast.NextDesk, When.On(Tomorrow));

        Assert.Equal("hand_over_not_possible", (await Accept(proposal, Cast.Grace)).Refusal?.Code);

        Assert.Equal(Cast.Ada.Id, (await TestHub.Reread(booking)).MemberId);
        var people = await TestHub.Get<DigiHub.Bookings.Proposals.Colleagues>().Of(Cast.Ada.Id, Stop);
        Assert.Contains(people, one => one.Id == Cast.Grace.Id);
        Assert.DoesNotContain(people, one => one.Id == Cast.Ada.Id || one.Id == Cast.Bob.Id);
    }

    [Fact]
    public async Task A_whole_series_goes_to_a_colleague_at_once()
    {
        await Colleagues(Cast.Ada, Cast.Grace);
        var series = (await TestHub.Get<BookSeries>().Run(new SeriesRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            From = Tomorrow,
            Pattern = new() { Kind = RecurrenceKind.Weekly, Until = Tomorrow.PlusWeeks(3) },
            Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
        }, Stop)).Outcome.Value;
        var first = await TestHub.Read(db => db.Bookings.AsNoTracking().Where(one => one.SeriesId == series.Id).OrderBy(one => one.Start)
            .FirstAsync(Stop));
        var proposal = (await TestHub.Get<ProposeHandOver>().Run(
            new(Cast.Ada.Id, first.Id, Cast.Grace.Id, WholeSeries: true), Stop)).Value;

        Assert.True((await Accept(proposal, Cast.Grace)).IsDone);

        Assert.Equal(4, await TestHub.Read(db => db.Bookings.CountAsync(one => one.MemberId == Cast.Grace.Id, Stop)));
        Assert.Equal(1, await TestHub.Read(
            db => db.Notifications.CountAsync(one => one.Type == BookingNotifications.ReceivedSeveral, Stop)));
    }

    [Fact]
    public async Task The_link_of_the_email_leads_to_the_proposal_and_looking_changes_nothing()
    {
        var (_, _, proposal) = await Proposed();
        var notification = await TestHub.Read(
            db => db.Notifications.SingleAsync(one => one.Type == ProposalNotifications.SwapProposed, Stop));
        var token = (await TestHub.Get<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.BookingProposal, notification.Id);

        Assert.Equal(proposal.Id, await TestHub.Get<AnswerProposal>().Open(token, Stop));

        var asked = await TestHub.Get<MyProposals>().Asked(proposal.Id, Stop);
        Assert.True(asked!.IsOpen);
        Assert.Equal(Cast.Ada.Name, asked.From);
        var own = await TestHub.Get<MyProposals>().Find(proposal.Id, Cast.Ada.Id, Stop);
        Assert.Null(own!.To); // whom she asked stays unknown to her
    }

    private async Task<(Booking Ada, Booking Bob, BookingProposal Proposal)> Proposed()
    {
        var ada = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        var bob = await TestHub.Book(Cast.Bob, Cast.Panke, At(14, 16));
        return (ada, bob, (await Propose(ada, bob)).Value);
    }

    private async Task<(Booking Booking, BookingProposal Proposal)> Offered()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Colleagues(Cast.Ada, Cast.Grace);
        return (booking, (await TestHub.Get<ProposeHandOver>().Run(new(Cast.Ada.Id, booking.Id, Cast.Grace.Id), Stop)).Value);
    }

    private Task<Outcome<BookingProposal>> Propose(Booking mine, Booking theirs) =>
        TestHub.Get<ProposeSwap>().Run(new(mine.MemberId, mine.Id, theirs.SpaceId, theirs.StartLocal), Stop);

    private Task<Outcome<BookingProposal>> Accept(BookingProposal proposal, Member who) =>
        TestHub.Get<AnswerProposal>().Accept(proposal.Id, who.Id, Stop);

    private async Task Colleagues(Member one, Member other)
    {
        await using var db = TestHub.OpenDb();
        var organisation = await db.Memberships.Where(membership => membership.MemberId == one.Id)
            .Select(membership => membership.OrganisationId).FirstAsync(Stop);
        if (await db.Memberships.AnyAsync(membership => membership.MemberId == other.Id && membership.OrganisationId == organisation, Stop))
            return;
        db.Memberships.Add(Membership.Of(other.Id, organisation, TestHub.Opening, isHome: false));
        await db.SaveChangesAsync(Stop);
    }

    private async Task Close(LocalDate day)
    {
        await using var db = TestHub.OpenDb();
        db.Add(new DigiHub.Sites.Closure { SiteId = Cast.East.Id, From = day, Through = day, Reason = new("Umzug", "Move") });
        await db.SaveChangesAsync(Stop);
    }

    private async Task Open(params LocalDate[] days)
    {
        await using var db = TestHub.OpenDb();
        db.AddRange(days.Select(day => new DigiHub.Sites.SpecialHours
        { SiteId = Cast.East.Id, Date = day, Opens = new(0, 0), Closes = new(20, 0), Reason = new("Offen", "Open") }));
        await db.SaveChangesAsync(Stop);
    }

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    public sealed class OnSqlite(SqliteDatabase database) : ProposalTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ProposalTests(database), IClassFixture<PostgresDatabase>;
}
