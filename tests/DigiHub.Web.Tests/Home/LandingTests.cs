using DigiHub.Spaces;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Home;

/// <summary>The home page as visitors see it.</summary>
public sealed class LandingTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Says_where_the_hub_is_what_can_be_booked_and_how_to_join()
    {
        using var stranger = TestHub.NewReader(Language.English);

        await stranger.Open("/");

        Assert.Equal(
            ["Where we are", "What you can book", "How to join"],
            stranger.Page.QuerySelectorAll("main h2").Select(heading => heading.TextContent.Trim()).Take(3));
        var desks = await TestHub.Read(db => db.Spaces.CountAsync(space => space.Kind == SpaceKind.Desk, Stop));
        Assert.Contains($"{desks}", stranger.Page.QuerySelector(".offers .figure")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Labs", stranger.Text, StringComparison.Ordinal); // this hub has none
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task It_is_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var stranger = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });

        await stranger.Open("/");

        await stranger.CheckPage();
    }
}
