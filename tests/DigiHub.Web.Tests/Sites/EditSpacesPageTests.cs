using System.Net;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Desks and rooms edited, one or many together, and taken out of service, without a script.</summary>
public sealed class EditSpacesPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Many_are_ticked_on_the_sites_page_and_edited_together()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");
        Assert.NotNull(alan.Page.QuerySelector($"form[action='/admin/spaces'] input[value='{Cast.Spree.Id}']"));
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}&ids={Cast.Panke.Id}");

        await alan.Send("#edit", ("rules", $"{Cast.BoothRules.Id}"), ("equips", "true"), ("has_screen", "true"));

        Assert.Contains("Gespeichert", alan.Text, StringComparison.Ordinal);
        var map = await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
        Assert.All(new[] { Cast.Spree.Id, Cast.Panke.Id }, id => Assert.Equal(
            (Cast.BoothRules.Id, Equipment.Screen), (map.Space(id)!.RulesId, Assert.Single(map.Space(id)!.Things).Key)));
        Assert.Equal(8, map.Space(Cast.Spree.Id)!.Capacity);
    }

    [Fact]
    public async Task One_is_renamed_and_taken_off_the_offer()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");

        await alan.Send("#edit", ("name", "Havel"), ("offered", "false"));

        Assert.Equal("Havel", alan.Page.QuerySelector("h1")!.TextContent.Trim());
        await alan.Open("/admin/sites/east");
        Assert.Contains("nicht im Angebot", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");

        await alan.Send("#edit", ("name", "Panke"), ("capacity", "10"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal(["#f-name"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("10", alan.Page.QuerySelector("[name=capacity]")!.GetAttribute("value"));

        await alan.Send("#edit", ("name", "Spree"), ("capacity", "many"));
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
    }

    [Fact]
    public async Task Out_of_service_is_said_and_ended_on_its_page()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");

        await alan.Send("#close", ("from", "2026-11-24T08:00"), ("until", "2026-11-24T12:00"), ("reasonGerman", "Reparatur"));
        Assert.Contains("Reparatur", alan.Text, StringComparison.Ordinal);
        await alan.Send("form:has([name=_handler][value^=reopen])");

        Assert.Contains("Wieder in Betrieb.", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reparatur", alan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?ids=4711")]
    [InlineData("?ids=x")]
    public async Task A_page_of_nothing_is_not_found(string query)
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/spaces" + query);

        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public async Task Without_a_tick_the_page_says_what_to_do()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/spaces");

        Assert.Equal(HttpStatusCode.OK, alan.Status);
        Assert.Contains("Nichts ist angekreuzt", alan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] {
            "/admin/sites/east", $"/admin/spaces?ids={Cast.Spree.Id}", $"/admin/spaces?ids={Cast.Spree.Id}&ids={Cast.Panke.Id}" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }
}
