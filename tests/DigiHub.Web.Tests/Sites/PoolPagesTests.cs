using System.Net;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Pools on the pages of a site: added, named, filled and deleted without a script. It is Monday, 09:00.</summary>
public sealed class PoolPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Added_on_the_sites_page_filled_renamed_and_deleted()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");
        Assert.Contains("Es gibt noch keine Pools", alan.Text, StringComparison.Ordinal);

        await alan.Send("form#pool", ("nameGerman", "Am Fenster"), ("nameEnglish", "By the window"), ("kind", "Desk"));
        Assert.Contains("Kreuzen Sie nun an, was dazugehört", alan.Text, StringComparison.Ordinal);
        Assert.Equal(2, alan.Page.QuerySelectorAll("#members [name=in]").Length);
        await alan.Send("#members", ("in", $"{Cast.Desk.Id}"));
        Assert.Contains("Gespeichert.", alan.Text, StringComparison.Ordinal);
        await alan.Send("#name", ("nameGerman", "Fensterplätze"));
        Assert.Equal("Fensterplätze", alan.Page.QuerySelector("h1")!.TextContent.Trim());

        await alan.Open("/admin/sites/east");
        Assert.Contains("1 × Arbeitsplatz", alan.Text, StringComparison.Ordinal);
        var pool = Assert.Single((await Map()).Pools);
        Assert.Equal(pool.Id, (await Map()).Space(Cast.Desk.Id)!.PoolId);
        await alan.Open($"/admin/pools/{pool.Id}");
        await alan.Send("#delete");
        Assert.Contains("Der Pool ist gelöscht.", alan.Text, StringComparison.Ordinal);
        Assert.Empty((await Map()).Pools);
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        var pool = await Pool(Cast.Desk);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");

        await alan.Send("form#pool", ("nameGerman", "am fenster"), ("nameEnglish", "Yard"), ("kind", "Desk"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal("Yard", alan.Page.QuerySelector("form#pool [name=nameEnglish]")!.GetAttribute("value"));

        await alan.Open($"/admin/pools/{pool.Id}");
        await alan.Send("#members", ("in", $"{Cast.Spree.Id}"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        await alan.Open($"/admin/pools/{pool.Id}");
        await alan.Send("#members", ("in", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        await alan.Open("/admin/pools/4711");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public async Task Where_a_desk_leaves_the_page_says_what_became_of_its_bookings()
    {
        var pool = await Pool(Cast.Desk, Cast.NextDesk);
        await TestHub.Services.GetRequiredService<BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, PoolId = pool.Id, When = When.On(new(2026, 11, 24)) }, Stop);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/pools/{pool.Id}");

        await alan.Send("#members", ("in", $"{Cast.NextDesk.Id}"));
        Assert.Contains("Buchungen, die im Pool umgezogen sind: 1", alan.Text, StringComparison.Ordinal);
        await alan.Send("#delete");
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("1 kommende Buchung gilt für diesen Pool", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_ticked_desks_get_a_pool_together_or_none()
    {
        var pool = await Pool();
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces?ids={Cast.Desk.Id}&ids={Cast.NextDesk.Id}");

        await alan.Send("#edit", ("pool", $"{pool.Id}"));
        Assert.Equal([Cast.Desk.Id, Cast.NextDesk.Id], (await Map()).MembersOf(pool).Select(space => space.Id));
        await alan.Open($"/admin/spaces?ids={Cast.Desk.Id}");
        await alan.Send("#edit", ("pool", "none"));
        Assert.Equal([Cast.NextDesk.Id], (await Map()).MembersOf(pool).Select(space => space.Id));
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");
        Assert.Null(alan.Page.QuerySelector("[name=pool]")); // there is none for rooms
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        var pool = await Pool(Cast.Desk);
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { $"/admin/pools/{pool.Id}", "/admin/sites/east", $"/admin/spaces?ids={Cast.Desk.Id}" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }

    private async Task<Pool> Pool(params Space[] spaces)
    {
        var edit = TestHub.Services.GetRequiredService<EditPools>();
        var pool = (await edit.Add(Cast.Alan.Id, Cast.East.Id, new("Am Fenster", "By the window"), SpaceKind.Desk, Stop)).Value;
        await edit.SetMembers(Cast.Alan.Id, pool.Id, [.. spaces.Select(space => space.Id)], null, Stop);
        return pool;
    }

    private async Task<HubDirectory> Map() => await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
}
