using System.Net;
using DigiHub.Bookings;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Waiting;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Waiting, swapping and handing over on the pages, without a script. It is Monday, 09:00.</summary>
public sealed class WaitingPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Who_is_refused_since_it_is_taken_waits_with_one_button_and_sees_their_place()
    {
        await Book(Cast.Alan, Cast.Spree, 10, 12);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/book?space={Cast.Spree.Id}&from=2026-11-24T10:00&to=2026-11-24T12:00");
        await bob.Send("main form");
        Assert.Equal(HttpStatusCode.Conflict, bob.Status);

        await bob.Send("form:has([name=act][value=join])");

        Assert.Contains("You’re on the waiting list.", bob.Text, StringComparison.Ordinal);
        Assert.Contains("Number 1 on the waiting list", bob.Text, StringComparison.Ordinal);
        var entry = await TestHub.Read(db => db.WaitingEntries.SingleAsync(Stop));
        Assert.Equal((Cast.Bob.Id, Cast.Spree.Id), (entry.MemberId, entry.SpaceId));
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("Warteliste", frieda.Text, StringComparison.Ordinal);
        Assert.Contains("Bob", frieda.Text, StringComparison.Ordinal);

        await bob.Send("form:has([name=act][value=leave])");
        Assert.Contains("The entry has ended.", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_is_typed_and_what_makes_no_sense_is_named()
    {
        await Book(Cast.Alan, Cast.Booth, 9, 11);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/waiting-list");

        await bob.Send("#wish", ("kind", "booth"), ("day", "2026-11-24"), ("start", "9:99"));
        Assert.Equal(HttpStatusCode.BadRequest, bob.Status);
        await bob.Send("#wish", ("kind", "booth"), ("day", "2026-11-24"), ("start", "08:00"), ("end", "18:00"), ("length", "60"));
        Assert.Contains("That’s free now.", bob.Text, StringComparison.Ordinal);
        await bob.Send("#wish", ("kind", "booth"), ("day", "2026-11-24"), ("start", "09:30"), ("end", "11:00"), ("length", "60"),
            ("auto", "true"));

        Assert.Contains("Any phone booth, 1 h", bob.Text, StringComparison.Ordinal);
        Assert.Contains("booked at once", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_stands_on_my_bookings_and_is_accepted_there()
    {
        var offer = await Offer(Cast.Bob);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        Assert.Contains("Held for you until 09:20", bob.Text, StringComparison.Ordinal);

        await bob.Send("form:has([name=act][value=accept])");

        Assert.Contains("Booked:", bob.Page.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(OfferStatus.Accepted, (await Now(offer)).Status);
    }

    [Fact]
    public async Task Who_books_what_is_held_for_them_is_led_to_their_offer()
    {
        await Offer(Cast.Bob);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/book?space={Cast.Spree.Id}&from=2026-11-24T10:00&to=2026-11-24T12:00");
        await bob.Send("main form");
        Assert.Contains("It’s held for you", bob.Text, StringComparison.Ordinal);

        await bob.Send("form:has([name=act][value=accept])");

        Assert.True(await TestHub.Read(db => db.Bookings.AnyAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
    }

    [Fact]
    public async Task The_link_of_an_offer_shows_it_and_a_button_answers_without_signing_in()
    {
        var offer = await Offer(Cast.Bob);
        var key = await Key(WaitingNotifications.Offered, TokenPurpose.WaitingOffer);
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open($"/offers/{key}");
        Assert.Contains("Spree is free", reader.Text, StringComparison.Ordinal);
        Assert.Equal(OfferStatus.Open, (await Now(offer)).Status); // a link changes nothing

        await reader.Send("main form", ("act", "accept"));

        Assert.Contains("Booked for you.", reader.Text, StringComparison.Ordinal);
        Assert.Equal(OfferStatus.Accepted, (await Now(offer)).Status);
        await reader.Open("/offers/guess");
        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
    }

    [Fact]
    public async Task A_swap_is_asked_on_the_page_of_a_booking_and_agreed_by_the_link_of_the_email()
    {
        var mine = await Book(Cast.Bob, Cast.Spree, 10, 11);
        var theirs = await Book(Cast.Ada, Cast.Panke, 14, 16);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{mine.Id}");
        Assert.NotNull(bob.Page.QuerySelector($"a[href='/bookings/{mine.Id}/swap']"));
        await bob.Open($"/bookings/{mine.Id}/swap?space={Cast.Panke.Id}&day=2026-11-24");
        Assert.DoesNotContain("Ada", bob.Text, StringComparison.Ordinal);
        await bob.Send("main form[method=post]", ("start", "2026-11-24T14:00"));
        Assert.Contains("We’ve asked.", bob.Text, StringComparison.Ordinal);

        using var reader = TestHub.NewReader(Language.English);
        await reader.Open($"/proposals/link/{await Key(ProposalNotifications.SwapProposed, TokenPurpose.BookingProposal)}");
        Assert.Contains("Bob", reader.Text, StringComparison.Ordinal);
        Assert.Equal(Cast.Panke.Id, (await Now(theirs)).SpaceId);
        await reader.Send("main form", ("act", "accept"));

        Assert.Contains("Swapped", reader.Text, StringComparison.Ordinal);
        Assert.Equal((Cast.Panke.Id, Cast.Spree.Id), ((await Now(mine)).SpaceId, (await Now(theirs)).SpaceId));
        await bob.Open("/proposals");
        Assert.Contains("Swapped", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_takes_over_on_the_page_where_they_are_asked()
    {
        await TestHub.Lay(Membership.Of(Cast.Bob.Id, Cast.Startup.Id, DigiHub.Tests.TestHub.Opening, isHome: false));
        var booking = await Book(Cast.Ada, Cast.Spree, 10, 11);
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/bookings/{booking.Id}/hand-over");
        await ada.Send("main form", ("to", $"{Cast.Bob.Id}"));
        Assert.Contains("Wir haben gefragt.", ada.Text, StringComparison.Ordinal);
        await ada.Open($"/bookings/{booking.Id}");
        Assert.Contains("übergeben. Offen bis", ada.Text, StringComparison.Ordinal);

        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        await bob.Send("form:has([name=act][value=accept])", ("act", "accept"));

        Assert.Equal(Cast.Bob.Id, (await Now(booking)).MemberId);
        await ada.Open($"/bookings/{booking.Id}/swap");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Fact]
    public async Task The_pages_are_accessible_in_both_languages()
    {
        await Offer(Cast.Bob);
        var mine = await Book(Cast.Bob, Cast.Panke, 14, 15);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = 390 });
        await TestHub.SignIn(visitor, Cast.Bob);
        foreach (var path in new[] { "/waiting-list", "/proposals", $"/bookings/{mine.Id}/swap", $"/bookings/{mine.Id}/hand-over" })
        {
            await visitor.Page.GotoAsync($"{path}?lang=de");
            await visitor.CheckPage();
        }
    }

    private async Task<WaitingOffer> Offer(Member member)
    {
        var booking = await Book(Cast.Alan, Cast.Spree, 10, 12);
        Assert.True((await TestHub.Services.GetRequiredService<JoinWaitingList>().Run(new()
        {
            ActorId = member.Id,
            SpaceId = Cast.Spree.Id,
            When = When.Between(Tomorrow.At(new(10, 0)), Tomorrow.At(new(12, 0))),
        }, Stop)).IsDone);
        Assert.True((await TestHub.Services.GetRequiredService<CancelBooking>()
            .Run(booking.Id, Cast.Alan.Id, ifRevision: null, Stop)).IsDone);
        await TestHub.Services.GetRequiredService<OfferFreeSpace>().Run(Stop);
        return await TestHub.Read(db => db.WaitingOffers.AsNoTracking().SingleAsync(Stop));
    }

    private async Task<string> Key(NotificationType type, TokenPurpose purpose)
    {
        var email = await TestHub.Read(db => db.Notifications.SingleAsync(one => one.Type == type, Stop));
        return (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(purpose, email.Id);
    }

    private async Task<Booking> Book(Member member, Space space, int from, int until) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = When.Between(Tomorrow.At(new(from, 0)), Tomorrow.At(new(until, 0))),
        }, Stop)).Value;

    private Task<WaitingOffer> Now(WaitingOffer offer) =>
        TestHub.Read(db => db.WaitingOffers.AsNoTracking().SingleAsync(one => one.Id == offer.Id, Stop));

    private Task<Booking> Now(Booking booking) =>
        TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking.Id, Stop));
}
