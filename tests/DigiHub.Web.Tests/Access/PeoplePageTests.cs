using System.Net;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Access;

/// <summary>Members in the browser: found, given and taken roles, locked out and let in again.</summary>
public sealed class PeoplePageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Roles_are_given_with_a_last_day_and_taken_away_and_each_is_told()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/admin/people/{Cast.Bob.Id}");

        await alan.Send("form.card",
            ("role", "FrontDesk"), ("site", $"{Cast.East.Id}"), ("through", "2026-12-31"));
        Assert.Contains("Rolle gegeben", alan.Text, StringComparison.Ordinal);
        var grant = await TestHub.Read(db => db.RoleGrants.SingleAsync(one => one.MemberId == Cast.Bob.Id, Stop));
        Assert.Equal((Role.FrontDesk, (int?)Cast.East.Id, new LocalDate(2026, 12, 31)), (grant.Role, grant.SiteId, grant.Through));

        await alan.Send("button[name=held]", ("held", grant.Held.ToString()));
        Assert.Contains("Rolle entzogen", alan.Text, StringComparison.Ordinal);
        Assert.False(await TestHub.Read(db => db.RoleGrants.AnyAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
        Assert.Equal(2, await TestHub.Read(db => db.Notifications.CountAsync(one => one.MemberId == Cast.Bob.Id, Stop)));
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once_and_can_be_let_in_again()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        using var bob = await TestHub.SignIn(Cast.Bob, Language.German);
        await alan.Open($"/admin/people/{Cast.Bob.Id}");

        await alan.Send("form:has(input[value=disable])");
        await bob.Open("/my-bookings");
        Assert.Equal("/sign-in", bob.Address.AbsolutePath);
        Assert.Contains("gesperrt", (await Row(alan, "Bob")), StringComparison.Ordinal);

        await alan.Open($"/admin/people/{Cast.Bob.Id}");
        await alan.Send("form:has(input[value=enable])");
        Assert.Null(await TestHub.Read(db => db.Members.Where(one => one.Id == Cast.Bob.Id)
            .Select(one => one.DisabledAt).SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_member_who_asks_for_it_is_closed_at_once_and_the_page_says_until_when_they_can_come_back()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open($"/admin/people/{Cast.Bob.Id}");

        await alan.Send("form:has(input[value=erase])");

        Assert.Contains("in sieben Tagen gelöscht", alan.Text, StringComparison.Ordinal);
        Assert.Contains("sofern das Konto nicht vorher entsperrt wird", alan.Text, StringComparison.Ordinal);
        Assert.Null(alan.Page.QuerySelector("form:has(input[value=erase])"));
        await alan.Send("form:has(input[value=enable])");
        Assert.NotNull(alan.Page.QuerySelector("form:has(input[value=erase])"));
    }

    [Fact]
    public async Task Nobody_is_offered_to_change_their_own_rights()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);

        await alan.Open($"/admin/people/{Cast.Alan.Id}");

        Assert.Empty(alan.Page.QuerySelectorAll("main button"));
        Assert.Contains("Das sind Sie", alan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Organiser, null)]
    [InlineData(Role.FrontDesk, null)]
    [InlineData(Role.Auditor, null)]
    [InlineData(Role.Administrator, 1)]
    public async Task Only_administrators_of_the_hub_see_people(Role role, int? site)
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = role,
            SiteId = site is null ? null : Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });
        using var bob = await TestHub.SignIn(Cast.Bob, Language.German);
        foreach (var path in new[] { "/admin/people", "/admin/people/invite", $"/admin/people/{Cast.Ada.Id}" })
        {
            await bob.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, bob.Status);
        }
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin/people", "/admin/people/invite", $"/admin/people/{Cast.Grace.Id}" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }

    private static async Task<string> Row(Reader reader, string name)
    {
        await reader.Open($"/admin/people?q={name}&state=disabled");
        return string.Join(' ', reader.Page.QuerySelectorAll("main .rows li").Select(row => row.TextContent));
    }
}
