using System.Net;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Checking in on the pages, without a script. Rooms ask for it within a quarter of an hour. It is Monday, 09:00.</summary>
public sealed class CheckInPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await TestHub.ChangeCatalogue(db => db.RuleSets.Where(one => one.Granularity == Granularity.Minutes)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckInGraceMinutes, 15), Stop));
    }

    [Fact]
    public async Task My_bookings_offer_to_check_in_once_that_is_open()
    {
        var booking = await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Reach(booking, -16);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        Assert.Null(bob.Page.QuerySelector("[name=act][value=check-in]"));

        await Reach(booking, -10);
        await bob.Open("/my-bookings");
        await bob.Send("form:has([name=act][value=check-in])");

        Assert.Contains("Checked in:", bob.Page.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(CheckInWay.Page, (await Now(booking)).CheckedInHow);
    }

    [Fact]
    public async Task The_page_of_a_booking_says_until_when_and_goes_on_for_longer()
    {
        var booking = await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Reach(booking, 5);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{booking.Id}");
        Assert.Contains("Check in from 09:45 to 10:15. After that, Spree is released for others.", bob.Text, StringComparison.Ordinal);

        await bob.Send("form:has([name=act][value=later])");
        Assert.Equal(booking.Start + Duration.FromMinutes(30), (await Now(booking)).CheckInBy);
        await bob.Open($"/bookings/{booking.Id}");
        await bob.Send("form:has([name=end][value='2026-11-24T11:30'])");

        var longer = await Now(booking);
        Assert.Equal((Tomorrow + new LocalTime(11, 30), true), (longer.EndLocal, longer.CheckedInAt is not null));
    }

    [Fact]
    public async Task What_was_released_says_so_and_comes_back_within_five_minutes()
    {
        var booking = await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Release(booking);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{booking.Id}");
        Assert.Contains("This booking was released", bob.Text, StringComparison.Ordinal);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        Assert.Single(frieda.Page.QuerySelectorAll("[name=act][value=undo-release]"));

        await bob.Send("form:has([name=act][value=undo-release])");

        Assert.True((await Now(booking)).IsStanding);
    }

    [Fact]
    public async Task By_the_code_at_a_room_its_member_checks_in_and_who_is_a_guest_signs_in_first()
    {
        var booking = await Book(Cast.Bob, Cast.Spree, 10, 11);
        using (var guest = TestHub.NewReader())
        {
            await guest.Open($"/s/{Cast.Spree.Id}");
            Assert.Equal($"/sign-in?returnUrl=%2Fs%2F{Cast.Spree.Id}", guest.Address.PathAndQuery, ignoreCase: true);
        }

        await Reach(booking, -60);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/s/{Cast.Spree.Id}");
        Assert.Contains("Yours from 10:00 to 11:00", bob.Text, StringComparison.Ordinal);
        Assert.Contains("Check-in opens at 09:45.", bob.Text, StringComparison.Ordinal);
        await Reach(booking, 0);
        await bob.Open($"/s/{Cast.Spree.Id}");
        await bob.Send("form:has([name=act][value=check-in])");

        Assert.Contains("You’re checked in, until 11:00", bob.Text, StringComparison.Ordinal);
        Assert.Equal(CheckInWay.Code, (await Now(booking)).CheckedInHow);
    }

    [Fact]
    public async Task Who_stands_before_a_free_room_uses_it_at_once_and_the_next_sees_when_it_is_free_again()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/s/{Cast.Booth.Id}");
        Assert.Contains("Free until 20:00", bob.Text, StringComparison.Ordinal);
        await bob.Send("form:has([name=act][value=use])", ("end", "2026-11-23T09:30"));
        Assert.Contains("You’re checked in, until 09:30", bob.Text, StringComparison.Ordinal);

        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/s/{Cast.Booth.Id}");
        Assert.Contains("Belegt, wieder frei ab 09:30 Uhr", ada.Text, StringComparison.Ordinal);
        Assert.Contains("Stattdessen frei", ada.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", ada.Text, StringComparison.Ordinal);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open($"/s/{Cast.Booth.Id}");
        Assert.Contains("Gebucht von Bob", frieda.Text, StringComparison.Ordinal);
        await frieda.Open("/s/4711");
        Assert.Equal(HttpStatusCode.NotFound, frieda.Status);
    }

    [Fact]
    public async Task The_front_desk_sees_who_is_late_and_checks_in_with_one_button()
    {
        var late = await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Book(Cast.Ada, Cast.Panke, 11, 12);
        await Reach(late, 5);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("Freigabe um 10:15 Uhr", frieda.Text, StringComparison.Ordinal);

        await frieda.Send(".fd-p.late form:has([value=check-in])");

        Assert.Equal("/front-desk", frieda.Address.AbsolutePath);
        Assert.Equal(CheckInWay.FrontDesk, (await Now(late)).CheckedInHow);
        Assert.Contains("Seit 10:05 Uhr", frieda.Text, StringComparison.Ordinal);
        Assert.Null(frieda.Page.QuerySelector(".fd-p.late"));
    }

    [Fact]
    public async Task The_link_of_the_email_asks_and_a_button_answers_without_signing_in()
    {
        var booking = await Book(Cast.Bob, Cast.Spree, 10, 11);
        var asked = await TestHub.Read(
            db => db.Notifications.SingleAsync(one => one.Type == BookingNotifications.CheckInAsked && one.SubjectId == booking.Id, Stop));
        var key = (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.CheckIn, asked.Id);
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open($"/coming/{key}?answer=release");
        Assert.True((await Now(booking)).IsStanding); // a link changes nothing

        await reader.Send("main form", ("act", "later"));
        Assert.Contains("We’ll wait until 10:30.", reader.Text, StringComparison.Ordinal);
        await reader.Send("main form", ("act", "yes"));
        Assert.Contains("Your booking is kept for you.", reader.Text, StringComparison.Ordinal);
        Assert.Equal(CheckInWay.Link, (await Now(booking)).CheckedInHow);
        await reader.Open("/coming/guess");
        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
    }

    [Fact]
    public async Task Administrators_print_a_code_for_each_desk_and_room_of_a_floor()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/floors/{Cast.Desk.FloorId}/codes");

        Assert.Equal(
            Cast.Spaces.Where(space => space.FloorId == Cast.Desk.FloorId).Select(space => space.Name).Order(StringComparer.Ordinal),
            alan.Page.QuerySelectorAll(".codes strong").Select(name => name.TextContent).Order(StringComparer.Ordinal));
        Assert.All(alan.Page.QuerySelectorAll(".codes svg.qr"), code => Assert.NotNull(code.QuerySelector("path")));
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/admin/floors/{Cast.Desk.FloorId}/codes");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    [Theory]
    [InlineData("15", 15)]
    [InlineData("", null)]
    public async Task Rules_ask_for_check_in_where_somebody_enters_minutes(string typed, int? grace)
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/rules/{Cast.DeskRules.Id}");

        await alan.Send("#rules", ("checkInGraceMinutes", typed), ("sparesLongBookings", "true"));

        var rules = await TestHub.Read(db => db.RuleSets.SingleAsync(one => one.Id == Cast.DeskRules.Id, Stop));
        Assert.Equal((grace, 15, true), (rules.CheckInGraceMinutes, rules.CheckInOpensMinutes, rules.SparesLongBookings));
    }

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Light)]
    [InlineData(Language.English, 1280, ColorScheme.Dark)]
    public async Task The_pages_are_in_order(Language language, int width, ColorScheme scheme)
    {
        await using (var db = TestHub.OpenDb())
            await db.Set<Member>().Where(one => one.Id == Cast.Alan.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Language, language), Stop);
        var booking = await Book(Cast.Alan, Cast.Spree, 10, 11);
        await Book(Cast.Bob, Cast.Panke, 10, 11);
        await Reach(booking, 5);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(visitor, Cast.Alan);
        foreach (var path in new[]
        {
            $"/s/{Cast.Spree.Id}", $"/s/{Cast.Panke.Id}", $"/s/{Cast.Booth.Id}", $"/s/{Cast.Desk.Id}", $"/bookings/{booking.Id}",
            "/my-bookings", "/front-desk?site=east", $"/admin/floors/{Cast.Desk.FloorId}/codes", $"/admin/rules/{Cast.RoomRules.Id}",
        })
        {
            var answer = await visitor.Open(path);
            Assert.Equal((path, 200), (path, answer!.Status));
            await visitor.CheckPage();
        }
    }

    private async Task<Booking> Book(Member member, Space space, int from, int until) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0)),
        }, Stop)).Value;

    private Task Reach(Booking booking, int minutes)
    {
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(minutes));
        return Task.CompletedTask;
    }

    private async Task Release(Booking booking)
    {
        for (var minute = 0; minute <= 15; minute++)
        {
            await Reach(booking, minute);
            await TestHub.Services.GetRequiredService<ReleaseNoShows>().Run(Stop);
        }
    }

    private Task<Booking> Now(Booking booking) =>
        TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking.Id, Stop));
}
