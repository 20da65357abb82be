using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>The board of the front desk: who arrives, is late, is here, has gone, and a button for each.</summary>
public sealed class FrontDeskPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate today = new(2026, 11, 23);

    [Fact]
    public async Task A_name_and_Enter_twice_check_somebody_in_and_the_search_waits_for_the_next()
    {
        await AskForCheckIn();
        var booking = await Book(Cast.Ada.Id, 10);
        await Book(Cast.Bob.Id, 12);
        await using var visitor = await Desk();
        await Assertions.Expect(visitor.Page.Locator("#fd-q")).ToBeFocusedAsync();

        await visitor.Page.Keyboard.TypeAsync("ada");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator(".fd-p button.pri")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal(CheckInWay.FrontDesk, (await Now(booking)).CheckedInHow);
        await Assertions.Expect(visitor.Page.Locator("#here-title")).ToContainTextAsync("1 da");
        await Assertions.Expect(visitor.Page.Locator("#fd-q")).ToBeFocusedAsync();
        Assert.Equal("", await visitor.Page.Locator("#fd-q").InputValueAsync());
    }

    [Fact]
    public async Task Who_leaves_early_is_gone_by_a_button_and_the_rest_is_free()
    {
        await AskForCheckIn();
        var booking = await Book(Cast.Ada.Id, 10);
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(5));
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        await frieda.Send(".fd-p.late form:has([value=check-in])");
        TestHub.Clock.AdvanceMinutes(10);
        await frieda.Open("/front-desk?site=east");

        await frieda.Send(".fd-p.flat form:has([value=cancel])");

        Assert.InRange((await Now(booking)).EndLocal.TimeOfDay, new LocalTime(10, 15), new LocalTime(10, 16));
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("1 heute gegangen", frieda.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_shows_without_loading_what_was_booked_elsewhere()
    {
        await AskForCheckIn();
        await using var visitor = await Desk();
        await visitor.Page.WaitForSelectorAsync("[data-live-on]", new() { State = WaitForSelectorState.Attached });

        await Book(Cast.Ada.Id, 10);

        await Assertions.Expect(visitor.Page.Locator("#arriving-title")).ToContainTextAsync("1 kommen bald");
        await visitor.CheckPage();
    }

    [Fact]
    public async Task Keys_lead_to_the_search_and_to_the_columns()
    {
        await using var visitor = await Desk();
        await visitor.Page.Locator("h1").ClickAsync();

        await visitor.Page.Keyboard.PressAsync("2");
        await Assertions.Expect(visitor.Page.Locator("#late")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(visitor.Page.Locator("#fd-q")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("2");
        Assert.Equal("2", await visitor.Page.Locator("#fd-q").InputValueAsync());
    }

    private async Task<Visitor> Desk()
    {
        var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.German });
        await TestHub.SignIn(visitor, Cast.Frieda);
        await visitor.Open("/front-desk?site=east");
        return visitor;
    }

    private Task AskForCheckIn() => TestHub.ChangeCatalogue(db => db.RuleSets.Where(one => one.Id == Cast.RoomRules.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckInGraceMinutes, 15), Stop));

    private async Task<Booking> Book(Guid memberId, int hour) => (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
    {
        ActorId = memberId,
        SpaceId = Cast.Spree.Id,
        When = When.Between(today + new LocalTime(hour, 0), today + new LocalTime(hour + 1, 0)),
    }, Stop)).Value;

    private Task<Booking> Now(Booking booking) =>
        TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking.Id, Stop));
}
