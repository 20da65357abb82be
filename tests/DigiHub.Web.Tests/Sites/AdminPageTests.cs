using System.Net;
using DigiHub.Access;
using DigiHub.Closures;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using DigiHub.Time;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>The page on which an operator begins the day.</summary>
public sealed class AdminPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Says_what_needs_somebody_each_with_its_one_button()
    {
        await BookedOnClosedDay();
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin");

        Assert.Contains("1 Buchung liegt an Schließtagen", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Im Impressum fehlen", alan.Text, StringComparison.Ordinal);
        Assert.All(alan.Page.QuerySelectorAll(".needs > li"), row => Assert.Single(row.QuerySelectorAll("a.btn")));
    }

    [Fact]
    public async Task Shows_each_the_sites_they_administrate_and_what_they_may_deal_with()
    {
        await BookedOnClosedDay();
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.West.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/admin");

        Assert.Equal(HttpStatusCode.OK, bob.Status);
        Assert.Equal(["west"], bob.Page.QuerySelectorAll("main section.sited").Select(card => card.GetAttribute("data-site")!));
        Assert.Contains("Nothing to do", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_the_administration_is_two_presses_away_and_names_where_one_is()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin");
        string[] links = [.. alan.Page.QuerySelectorAll(".admin-menu a").Select(link => link.GetAttribute("href")!)];
        Assert.Contains("/admin/people", links);

        foreach (var link in links.Where(link => link is not "/admin/jobs"))
        {
            await alan.Open(link);
            Assert.True(alan.Status == HttpStatusCode.OK, $"{link}: {alan.Status}");
            if (link.StartsWith("/admin", StringComparison.Ordinal))
                Assert.Equal(link, alan.Page.QuerySelector(".admin-menu a[aria-current=page]")?.GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task It_is_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await BookedOnClosedDay();
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin", "/admin/sites" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }

    private async Task BookedOnClosedDay()
    {
        var day = new LocalDate(2026, 11, 26);
        var booked = await TestHub.Services.GetRequiredService<DigiHub.Bookings.BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, SpaceId = Cast.Desk.Id, When = DigiHub.Bookings.When.On(day) }, Stop);
        Assert.True(booked.IsDone);
        await TestHub.Services.GetRequiredService<CloseSite>().Run(
            new(Cast.Alan.Id, Cast.East.Id, day, day, new("Works", "Arbeiten")), Stop);
    }
}
