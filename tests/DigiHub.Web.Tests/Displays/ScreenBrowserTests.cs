using DigiHub.Access;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Displays;

/// <summary>Screens in a real browser: their look, pages that turn, and what they say without network. It is Monday, 09:00.</summary>
public sealed class ScreenBrowserTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Dark)]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    public async Task Every_state_is_readable_for_everybody_in_both_looks(Language language, int width, ColorScheme scheme)
    {
        await AllowWalkUps();
        await Events(6);
        await using var screen = await Screen($"door-{Cast.Booth.Id}", new Viewing { Language = language, Width = width, Scheme = scheme });
        await screen.CheckPage();
        await screen.Click(screen.Page.Locator("#take-15"));
        await screen.Arrive(_ => true);
        await screen.CheckPage();
        await using var lobby = await Screen($"lobby-{Cast.East.Id}", new Viewing { Language = language, Width = width, Scheme = scheme });
        await lobby.CheckPage();
        await using var frieda = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(frieda, Cast.Frieda);
        foreach (var page in new[] { $"/door/{Cast.Booth.Id}?look=ink", $"/door/{Cast.Spree.Id}?look=ink", "/lobby/east?look=ink" })
        {
            await frieda.Open(page);
            await frieda.CheckPage();
        }

        await using var waiting = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await waiting.Open("/device");
        await waiting.CheckPage();
        await using var alan = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open("/admin/devices");
        await alan.CheckPage();
    }

    [Fact]
    public async Task Pages_of_a_lobby_turn_every_twelve_seconds_until_the_space_bar_holds_them()
    {
        await Events(6);
        await using var lobby = await Screen($"lobby-{Cast.East.Id}", new Viewing { Language = Language.English }, ofItsOwnTime: true);
        Assert.Equal(4, await lobby.Page.Locator(".lobby-events li").CountAsync());

        await lobby.Page.Clock.RunForAsync(12_500);
        await Assertions.Expect(lobby.Page.Locator(".lobby-foot")).ToContainTextAsync("Page 2 of 2");
        await Assertions.Expect(lobby.Page.Locator(".lobby-events li")).ToHaveCountAsync(2);
        await lobby.Page.Clock.RunForAsync(12_000);
        await Assertions.Expect(lobby.Page.Locator(".lobby-foot")).ToContainTextAsync("Page 1 of 2");

        await lobby.Page.Keyboard.PressAsync(" ");
        await Assertions.Expect(lobby.Page.Locator("[data-hold]")).ToHaveAttributeAsync("aria-pressed", "true");
        await lobby.Page.Clock.RunForAsync(40_000);
        await Assertions.Expect(lobby.Page.Locator(".lobby-foot")).ToContainTextAsync("Page 1 of 2");

        await lobby.Page.Locator("[data-hold]").ClickAsync();
        await lobby.Page.Clock.RunForAsync(12_500);
        await Assertions.Expect(lobby.Page.Locator(".lobby-foot")).ToContainTextAsync("Page 2 of 2");
    }

    [Fact]
    public async Task Without_network_the_last_state_stays_and_is_not_current_after_five_minutes()
    {
        await using var screen = await Screen($"door-{Cast.Booth.Id}", new Viewing { Language = Language.English }, ofItsOwnTime: true);
        var stale = screen.Page.Locator("[data-not-current]");
        await screen.Page.Context.SetOfflineAsync(true);

        await screen.Page.Clock.RunForAsync(4 * 60_000);
        await Assertions.Expect(screen.Page.Locator(".word")).ToHaveTextAsync("Free");
        await Assertions.Expect(stale).ToBeHiddenAsync();

        await screen.Page.Clock.RunForAsync(90_000);
        await Assertions.Expect(stale).ToBeVisibleAsync();
        await Assertions.Expect(stale).ToContainTextAsync("Not current. This is how it was at 09:00.");

        await screen.Page.Context.SetOfflineAsync(false);
        await screen.Page.Clock.RunForAsync(61_000);
        await Assertions.Expect(stale).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_door_follows_within_a_minute_what_becomes_of_its_room_and_goes_when_it_is_revoked()
    {
        await using var screen = await Screen($"door-{Cast.Booth.Id}", new Viewing { Language = Language.English }, ofItsOwnTime: true);
        await TestHub.Services.GetRequiredService<DigiHub.Bookings.BookSpace>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Booth.Id,
            When = DigiHub.Bookings.When.Between(new(2026, 11, 23, 9, 0), new(2026, 11, 23, 10, 0)),
        }, Stop);

        await screen.Page.Clock.RunForAsync(61_000);
        await Assertions.Expect(screen.Page.Locator(".word")).ToHaveTextAsync("In use");

        var id = await TestHub.Read(db => Task.FromResult(db.Devices.Single().Id));
        await TestHub.Services.GetRequiredService<RevokeDevice>().Run(Cast.Alan.Id, id, Stop);
        await screen.Page.Clock.RunForAsync(61_000);

        await Assertions.Expect(screen.Page.Locator("#code")).ToBeVisibleAsync();
    }

    /// <param name="ofItsOwnTime">Its clock stands still but for what the test lets pass.</param>
    private async Task<Visitor> Screen(string place, Viewing viewing, bool ofItsOwnTime = false)
    {
        var screen = await browser.Visit(TestHub, viewing);
        await screen.Open("/device");
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/devices");
        await alan.Send("form:has(#f-code)",
            ("code", await screen.Page.Locator("#code").InnerTextAsync()), ("place", place), ("look", nameof(DeviceLook.Colour)));
        if (ofItsOwnTime)
            await screen.Page.Clock.InstallAsync();
        await screen.Open("/device");
        await screen.Arrive(at => at.AbsolutePath != "/device");
        return screen;
    }

    private Task AllowWalkUps() => TestHub.ChangeCatalogue(db => db.RuleSets.Where(one => one.Granularity == Granularity.Minutes)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.AllowsWalkUps, true).SetProperty(one => one.SetUpMinutes, 0), Stop));

    private Task Events(int count) => TestHub.Lay([.. Enumerable.Range(0, count).Select(one => new Event
    {
        Id = Guid.CreateVersion7(),
        Slug = $"event-{one}",
        OrganiserId = Cast.Grace.Id,
        Status = EventStatus.Published,
        Title = new($"Sofortzahlungen in der Praxis {one}", $"Instant payments {one}"),
        Format = EventFormat.Online,
        SiteId = one % 2 == 0 ? Cast.East.Id : Cast.West.Id,
        StartLocal = new LocalDateTime(2026, 11, 23, 10 + one, 0),
        EndLocal = new LocalDateTime(2026, 11, 23, 11 + one, 0),
        Start = DigiHub.Tests.TestHub.Opening + Duration.FromHours(1 + one),
        End = DigiHub.Tests.TestHub.Opening + Duration.FromHours(2 + one),
        Capacity = 20,
        CreatedAt = DigiHub.Tests.TestHub.Opening,
        PublishedAt = DigiHub.Tests.TestHub.Opening,
    })]);
}
