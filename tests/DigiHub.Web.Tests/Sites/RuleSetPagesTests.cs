using System.Net;
using DigiHub.Access;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Rules for booking on their pages, without a script.</summary>
public sealed class RuleSetPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Changed_rules_say_how_many_desks_and_rooms_are_booked_by_them_now()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/rules");
        Assert.Contains("4 Plätze und Räume", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/rules/{Cast.RoomRules.Id}");

        await alan.Send("#rules", ("maxMinutes", "120"));

        Assert.Contains("4 Plätze und Räume werden ab jetzt danach gebucht.", alan.Text, StringComparison.Ordinal);
        var map = await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
        Assert.Equal(120, map.Space(Cast.Havel.Id)!.Rules.MaxMinutes);
        Assert.Same(map.Space(Cast.Spree.Id)!.Rules, map.Space(Cast.Havel.Id)!.Rules);
    }

    [Fact]
    public async Task New_rules_are_added_given_to_a_room_and_deleted_when_it_has_others()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/rules/new");
        await alan.Send("#rules", ("nameGerman", "Kurz"), ("nameEnglish", "Short"), ("maxMinutes", "60"));
        Assert.Contains("nicht in Gebrauch", alan.Text, StringComparison.Ordinal);
        var rules = await TestHub.Read(db => db.RuleSets.OrderBy(one => one.Id).LastAsync(Stop));

        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");
        await alan.Send("#edit", ("rules", $"{rules.Id}"));
        await alan.Open($"/admin/rules/{rules.Id}");
        Assert.Null(alan.Page.QuerySelector("#delete"));
        await alan.Open($"/admin/spaces?ids={Cast.Spree.Id}");
        await alan.Send("#edit", ("rules", $"{Cast.RoomRules.Id}"));
        await alan.Open($"/admin/rules/{rules.Id}");
        await alan.Send("#delete");

        Assert.Equal("/admin/rules", alan.Address.AbsolutePath);
        Assert.Contains("Die Regeln sind gelöscht.", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/rules/{Cast.RoomRules.Id}");

        await alan.Send("#rules", ("nameGerman", "Telefonboxen"), ("maxMinutes", "120"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal(["#f-namegerman"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("120", alan.Page.QuerySelector("[name=maxMinutes]")!.GetAttribute("value"));

        await alan.Send("#rules", ("nameGerman", "Räume"), ("maxDays", "viele"));
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        await alan.Open("/admin/rules/4711");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public async Task A_form_that_was_open_while_somebody_else_changed_them_is_refused()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/rules/{Cast.RoomRules.Id}");
        using var other = await TestHub.SignIn(Cast.Alan);
        await other.Open($"/admin/rules/{Cast.RoomRules.Id}");
        await other.Send("#rules", ("maxMinutes", "120"));

        await alan.Send("#rules", ("maxMinutes", "240"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, alan.Status);
        Assert.Equal(120, (await TestHub.Read(db => db.RuleSets.SingleAsync(one => one.Id == Cast.RoomRules.Id, Stop))).MaxMinutes);
    }

    [Fact]
    public async Task Who_looks_after_one_site_reads_all_and_changes_what_counts_there_alone()
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });
        using var bob = await TestHub.SignIn(Cast.Bob, Language.English);

        await bob.Open($"/admin/rules/{Cast.RoomRules.Id}");
        await bob.Send("#rules", ("maxMinutes", "120"));

        Assert.Equal(HttpStatusCode.Conflict, bob.Status);
        Assert.Contains("DigiHub West", bob.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin/rules", "/admin/rules/new", $"/admin/rules/{Cast.RoomRules.Id}" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }
}
