using System.Net;
using DigiHub.Access;
using DigiHub.FloorPlans;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.FloorPlans;

/// <summary>A floor's plan drawn by its table alone, published with its preview, and what two who draw at once are told.</summary>
public abstract class FloorPlanPageTests(TestDatabase database) : WebHubTests(database)
{
    private int FloorId => Cast.East.Floors[0].Id;

    private string Path => $"/admin/floors/{FloorId}/plan";

    [Fact]
    public async Task The_table_saves_a_draft_and_members_see_it_once_it_is_published()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");
        Assert.NotNull(alan.Page.QuerySelector($"a[href='{Path}']"));
        await alan.Open(Path);

        await alan.Send("#plan-form", Numbers(Cast.Desk, 30, 20, 4, 3, turned: 90));

        Assert.Contains("Der Entwurf ist gespeichert.", alan.Text, StringComparison.Ordinal);
        Assert.Equal("30", alan.Page.QuerySelector($"[name=x-{Cast.Desk.Id}]")!.GetAttribute("value"));
        Assert.Equal(2, (await At(Cast.Desk))!.X);
        Assert.Contains("1 Änderung veröffentlichen", alan.Text, StringComparison.Ordinal);

        await alan.Open($"{Path}/publish");
        Assert.Contains("von Spalte 2, Zeile 10, 3 mal 2 Zellen, nach Spalte 30, Zeile 20, 4 mal 3 Zellen um 90° gedreht", alan.Text,
            StringComparison.Ordinal);
        await alan.Send("form:has(.dock)");

        Assert.Contains("Veröffentlicht.", alan.Text, StringComparison.Ordinal);
        var place = (await At(Cast.Desk))!;
        Assert.Equal((30, 20, 4, 3, 90), (place.X, place.Y, place.Width, place.Height, place.Rotation));
    }

    [Fact]
    public async Task Shapes_are_rows_that_come_change_and_go()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);

        await alan.Send("#plan-form", ("kind-1", ""), ("kind-3", "Zone"), ("sx-3", "20"), ("sy-3", "20"), ("sw-3", "9"), ("sh-3", "4"),
            ("german-3", " Küche "), ("english-3", "Kitchen"), ("sw-2", "3"));

        var shapes = (await Edited()).Draft!.Shapes;
        Assert.Equal([PlanShapeKind.Wall, PlanShapeKind.Doorway, PlanShapeKind.Zone], shapes.Select(shape => shape.Kind));
        Assert.Equal((3, "Küche", "Kitchen"), (shapes[1].Width, shapes[2].Name.German, shapes[2].Name.English));
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_row_and_all_that_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);

        await alan.Send("#plan-form", ($"x-{Cast.Desk.Id}", "left"), ($"w-{Cast.Booth.Id}", "5"));
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        Assert.Equal([$"#f-space{Cast.Desk.Id}"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("left", alan.Page.QuerySelector($"[name=x-{Cast.Desk.Id}]")!.GetAttribute("value"));

        await alan.Send("#plan-form", ($"x-{Cast.Desk.Id}", "47"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("E1-01 muss innerhalb von 48 Spalten und 32 Zeilen liegen.", alan.Text, StringComparison.Ordinal);
        Assert.Equal("5", alan.Page.QuerySelector($"[name=w-{Cast.Booth.Id}]")!.GetAttribute("value"));
        Assert.Null((await Edited()).Draft);
    }

    [Fact]
    public async Task Who_saves_over_somebody_elses_draft_is_shown_both_and_decides()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        using var other = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);
        await other.Open(Path);
        await other.Send("#plan-form", Numbers(Cast.Desk, 30, 20));

        await alan.Send("#plan-form", Numbers(Cast.Desk, 40, 25));

        Assert.Equal(HttpStatusCode.PreconditionFailed, alan.Status);
        Assert.Contains("E1-01: dort Spalte 30, Zeile 20, bei Ihnen Spalte 40, Zeile 25", alan.Text, StringComparison.Ordinal);
        Assert.Equal(30, (await Edited()).Draft!.Places.Single(place => place.SpaceId == Cast.Desk.Id).X);

        await alan.Send("#plan-form");
        Assert.Equal(40, (await Edited()).Draft!.Places.Single(place => place.SpaceId == Cast.Desk.Id).X);
    }

    [Fact]
    public async Task Overlapping_is_published_only_with_a_tick()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);
        await alan.Send("#plan-form", Numbers(Cast.Desk, 7, 10));
        Assert.Contains("überlappt E1-02", alan.Text, StringComparison.Ordinal);
        await alan.Open($"{Path}/publish");

        await alan.Send("form:has(.dock)");
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        await alan.Send("form:has(.dock)", ("despiteOverlaps", "true"));

        Assert.Equal(7, (await At(Cast.Desk))!.X);
    }

    [Fact]
    public async Task An_earlier_plan_is_brought_back_and_what_is_left_over_is_placed_at_once()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);
        await alan.Send("#plan-form", ($"x-{Cast.Desk.Id}", ""), ($"y-{Cast.Desk.Id}", ""));
        await alan.Open($"{Path}/publish");
        Assert.Contains("über die Liste weiter buchbar", alan.Text, StringComparison.Ordinal);
        await alan.Send("form:has(.dock)");
        Assert.Null(await At(Cast.Desk));

        await alan.Send("#plan-form", ("act", "fill"));
        Assert.Contains((await Edited()).Draft!.Places, place => place.SpaceId == Cast.Desk.Id);

        await alan.Open($"{Path}/publish");
        await alan.Send("li:not(:has([data-kind=ok])) form");
        Assert.Contains("Der frühere Plan ist jetzt der Entwurf.", alan.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await Edited()).Draft!.Places.Single(place => place.SpaceId == Cast.Desk.Id).X);
    }

    [Fact]
    public async Task A_site_without_a_plan_begins_with_bare_walls_and_its_members_have_the_list()
    {
        await TestHub.ChangeCatalogue(async db =>
        {
            await db.Set<DigiHub.Sites.Floor>().ExecuteUpdateAsync(set => set.SetProperty(floor => floor.PlanId, (int?)null), Stop);
            await db.Set<PlanPlace>().ExecuteDeleteAsync(Stop);
            await db.Set<PlanShape>().ExecuteDeleteAsync(Stop);
            await db.FloorPlans.ExecuteDeleteAsync(Stop);
        });

        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/desks?site=east&day=2026-11-24&show=plan");
        Assert.Null(alan.Page.QuerySelector(".plan"));
        Assert.NotNull(alan.Page.QuerySelector(".views[data-show=list] .zone-list button"));
        await alan.Open(Path);
        Assert.Contains("Noch nichts gezeichnet", alan.Text, StringComparison.Ordinal);

        await alan.Send("#plan-form", ("act", "fill"));

        var draft = (await Edited()).Draft!;
        Assert.Equal(6, draft.Places.Count);
        Assert.Equal([PlanShapeKind.Wall], draft.Shapes.Select(shape => shape.Kind));
    }

    [Fact]
    public async Task Only_who_sets_up_the_site_draws_there()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open(Path);
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);

        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.West.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });
        using var again = await TestHub.SignIn(Cast.Bob);
        foreach (var path in new[] { Path, $"{Path}/publish" })
        {
            await again.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, again.Status);
        }

        await again.Open($"/admin/floors/{Cast.West.Floors[0].Id}/plan");
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    private static (string Name, string Value)[] Numbers(Space space, int x, int y, int width = 3, int height = 2, int turned = 0) =>
    [
        ($"x-{space.Id}", $"{x}"), ($"y-{space.Id}", $"{y}"), ($"w-{space.Id}", $"{width}"), ($"h-{space.Id}", $"{height}"),
        ($"r-{space.Id}", $"{turned}"),
    ];

    private async Task<EditedPlan> Edited() =>
        (await TestHub.Services.GetRequiredService<EditedPlans>().Find(Cast.As(Cast.Alan), FloorId, Stop))!;

    private async Task<PlanPlace?> At(Space space)
    {
        var map = await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
        return map.OnPlan(map.Space(space.Id)!);
    }

    public sealed class OnSqlite(SqliteDatabase database) : FloorPlanPageTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FloorPlanPageTests(database), IClassFixture<PostgresDatabase>;
}
