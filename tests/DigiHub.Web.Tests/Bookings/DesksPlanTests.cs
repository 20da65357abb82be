using DigiHub.Bookings;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>The member's plan of a floor: as large as the window, with the rooms on it; on a telephone one step away.</summary>
public sealed class DesksPlanTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Path = "/desks?site=east&day=2026-11-24";

    private const double ShareOfWindow = .7;

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task The_plan_takes_seventy_percent_of_the_window_and_all_choices_stand_in_one_row(Language language)
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = 1280 });
        await visitor.Page.SetViewportSizeAsync(1280, 800);
        await TestHub.SignIn(visitor, language == Language.German ? Cast.Ada : Cast.Bob);
        await visitor.Open(Path);

        var plan = (await visitor.Page.Locator(".plan-box").BoundingBoxAsync())!;
        var tops = await visitor.Page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('.when-row > nav')].map(one => Math.round(one.getBoundingClientRect().top))");

        Assert.InRange(plan.Width * plan.Height / (1280 * 800), ShareOfWindow, 1);
        Assert.True(plan.Y + plan.Height <= 800, $"{plan.Y} + {plan.Height}");
        Assert.Equal(5, tops.Length);
        Assert.Single(tops.Distinct());
    }

    [Fact]
    public async Task Pools_stand_beside_the_plan_which_stays_as_large_and_are_booked_there()
    {
        var edit = TestHub.Services.GetRequiredService<EditPools>();
        var pool = (await edit.Add(Cast.Alan.Id, Cast.East.Id, new("Am Fenster", "By the window"), SpaceKind.Desk, Stop)).Value;
        await edit.SetMembers(Cast.Alan.Id, pool.Id, [Cast.Desk.Id, Cast.NextDesk.Id], null, Stop);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.English, Width = 1280 });
        await visitor.Page.SetViewportSizeAsync(1280, 800);
        await TestHub.SignIn(visitor, Cast.Bob);
        await visitor.Open(Path);

        var plan = (await visitor.Page.Locator(".plan-box").BoundingBoxAsync())!;
        Assert.InRange(plan.Width * plan.Height / (1280 * 800), ShareOfWindow, 1);
        Assert.True(plan.Y + plan.Height <= 800, $"{plan.Y} + {plan.Height}");
        await visitor.CheckPage();
        await visitor.Page.Locator(".pools-beside button").ClickAsync();

        await visitor.Page.Locator(".toast").WaitForAsync();
        Assert.Equal(pool.Id, await TestHub.Read(db => db.Bookings.Select(booking => booking.PoolId).SingleAsync(Stop)));
    }

    [Fact]
    public async Task On_a_telephone_the_list_comes_first_and_the_plan_is_one_step_away()
    {
        await using var ada = await browser.Visit(TestHub, new Viewing { Width = 390 });
        await TestHub.SignIn(ada, Cast.Ada);
        await ada.Open(Path);
        Assert.True(await ada.Page.Locator(".list-view").IsVisibleAsync());
        Assert.False(await ada.Page.Locator(".plan").IsVisibleAsync());

        await ada.Click(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Plan", Exact = true }));

        Assert.Equal(1, ada.Steps);
        Assert.True(await ada.Page.Locator(".plan").IsVisibleAsync());
        await ada.Page.Locator("label.desk", new() { HasText = "E1-02" }).ClickAsync();
        Assert.True(await ada.Page.Locator(".plan-side .dock button").IsVisibleAsync());
        await ada.CheckPage();
    }

    [Fact]
    public async Task Rooms_on_the_plan_say_how_they_stand_and_lead_to_their_booking()
    {
        using (var bob = await TestHub.SignIn(Cast.Bob))
        {
            await bob.Open($"/book?space={Cast.Spree.Id}&day=2026-11-24&start=09:00&end=10:00");
            await bob.Send("main form.card");
        }

        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open(Path);

        Assert.Contains("8 Personen, teils belegt", Room(Cast.Spree).TextContent, StringComparison.Ordinal);
        Assert.Contains("12 Personen, frei", Room(Cast.Panke).TextContent, StringComparison.Ordinal);
        Assert.Contains("around", Room(Cast.Hall).ClassName!, StringComparison.Ordinal);
        await ada.Open(Room(Cast.Panke).GetAttribute("href")!);

        Assert.Equal("Panke buchen", ada.Page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("2026-11-24", ada.Page.QuerySelector("[name=day]")!.GetAttribute("value"));

        AngleSharp.Dom.IElement Room(Space space) => ada.Page.QuerySelector($"a.plan-room#s{space.Id}")!;
    }

    [Fact]
    public async Task A_desk_that_nobody_has_placed_yet_is_chosen_beneath_the_plan()
    {
        await TestHub.ChangeCatalogue(db =>
            db.Set<PlanPlace>().Where(place => place.SpaceId == Cast.NextDesk.Id).ExecuteDeleteAsync(Stop));

        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open(Path);

        Assert.Equal($"{Cast.NextDesk.Id}", ada.Page.QuerySelector(".off-plan input")!.GetAttribute("value"));
        Assert.NotNull(ada.Page.QuerySelector($".plan #s{Cast.Desk.Id}"));
    }

    [Fact]
    public async Task Walls_doors_and_zones_are_drawn_and_who_comes_from_a_sign_reads_that_they_are_here()
    {
        await TestHub.ChangeCatalogue(db => Task.FromResult(db.Add(new PlanShape
        {
            PlanId = Cast.East.Floors[0].PlanId!.Value,
            Position = 9,
            Kind = PlanShapeKind.Here,
            X = 24,
            Y = 28,
            Width = 2,
            Height = 2,
        })));

        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open(Path);
        Assert.Equal("Fensterreihe", ada.Page.QuerySelector(".plan svg .zone-name")!.TextContent);
        Assert.Equal(1, ada.Page.QuerySelectorAll(".plan svg .wall").Length);
        // The opening lies on the lower edge, and the leaf turns upwards.
        Assert.Equal("M500 640L500 600A40 40 0 0 0 460 640", ada.Page.QuerySelector(".plan svg .door")!.GetAttribute("d"));
        Assert.Equal("Eingang", ada.Page.QuerySelector(".here-name")!.TextContent);

        await ada.Open($"{Path}&here=true");
        Assert.Equal("Sie sind hier", ada.Page.QuerySelector(".here-name")!.TextContent);
    }
}
