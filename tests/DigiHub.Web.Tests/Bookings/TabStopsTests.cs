using DigiHub.Tests;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>How far it is by keyboard to what a page is for.</summary>
public sealed class TabStopsTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int StopsMax = 14;

    [Theory]
    [InlineData("/desks?site=east&day=2026-11-24&show=plan", 1280, ".desk input")]
    [InlineData("/desks?site=east&day=2026-11-24&show=list", 1280, ".zone-list button")]
    [InlineData("/desks?site=east&day=2026-11-24", 390, ".zone-list button")]
    public async Task At_most_fourteen_tab_stops_lie_before_the_first_desk(string path, int width, string desk)
    {
        await using var ada = await browser.Visit(TestHub, new Viewing { Width = width });
        await TestHub.SignIn(ada, Cast.Ada);
        await ada.Open(path);

        var stops = new List<string>();
        for (var isThere = false; !isThere;
            isThere = await ada.Page.EvaluateAsync<bool>("desk => document.activeElement.matches(desk)", desk))
        {
            await ada.Page.Keyboard.PressAsync("Tab");
            stops.Add(await ada.Page.EvaluateAsync<string>(
                "() => (document.activeElement.innerText || document.activeElement.tagName).trim()"));
            Assert.True(stops.Count <= StopsMax + 1, string.Join(" | ", stops));
        }
    }

    [Fact]
    public async Task Arrows_move_within_a_row_of_links_and_enter_follows()
    {
        await using var ada = await browser.Visit(TestHub);
        await TestHub.SignIn(ada, Cast.Ada);
        await ada.Open("/desks?site=east&day=2026-11-24");

        await ada.Page.Locator(".days a[aria-current]").FocusAsync();
        await ada.Page.Keyboard.PressAsync("ArrowRight");
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.Arrive(at => at.Query.Contains("day=2026-11-25", StringComparison.Ordinal));

        await ada.CheckPage();
    }
}
