using System.IO.Compression;
using System.Text.RegularExpressions;
using DigiHub.FloorPlans;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.FloorPlans;

/// <summary>The editor in a browser: what dragging does, keys do, two clicks do and the table does (WCAG 2.5.7).</summary>
public sealed partial class PlanEditorTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    /// <summary>As it is sent.</summary>
    private const int ScriptBytesMax = 8 * 1024;

    private int FloorId => Cast.East.Floors[0].Id;

    private string Path => $"/admin/floors/{FloorId}/plan";

    [Fact]
    public async Task Keys_alone_and_the_table_alone_draw_the_same_plan()
    {
        await using (var keys = await Somebody())
        {
            await Thing(keys, "E1-01").FocusAsync();
            foreach (var key in new[] { "Shift+ArrowRight", "ArrowRight", "Shift+ArrowDown", "ArrowUp", "Alt+ArrowRight", "r" })
                await keys.Page.Keyboard.PressAsync(key);
            await Thing(keys, "Booth 1").FocusAsync();
            await keys.Page.Keyboard.PressAsync("Delete");
            await Thing(keys, "E1-02").FocusAsync();
            await keys.Page.Keyboard.PressAsync("Delete");
            await Thing(keys, "E1-01").FocusAsync();
            await keys.Page.Keyboard.PressAsync("d");
            await keys.Page.Keyboard.PressAsync("ArrowDown");
            await keys.Page.Keyboard.PressAsync("Control+z");
            await Saved(keys);
        }

        var byKeys = await Rows();
        await BringBack();
        await using (var table = await Somebody(javaScript: false))
        {
            await Fill(table, Cast.Desk, 8, 14, 2, 4, "90");
            await Fill(table, Cast.NextDesk, 10, 14, 2, 4, "90");
            await table.Page.Locator($"[name=x-{Cast.Booth.Id}]").FillAsync("");
            await table.Page.Locator($"[name=y-{Cast.Booth.Id}]").FillAsync("");
            await table.Click("Entwurf speichern");
        }

        Assert.Equal(byKeys, await Rows());
    }

    [Fact]
    public async Task Two_clicks_and_dragging_move_a_desk_alike()
    {
        await using var alan = await Somebody();

        await Thing(alan, "E1-01").ClickAsync();
        Assert.StartsWith("E1-01, Spalte 2, Zeile 10, 3 × 2, gewählt.", await Said(alan), StringComparison.Ordinal);
        var (x, y) = await Middle(alan, 30, 20);
        await alan.Page.Mouse.ClickAsync(x, y);
        Assert.Equal("E1-01, Spalte 30, Zeile 20, 3 × 2", await Said(alan));

        await Thing(alan, "E1-02").HoverAsync(new() { Position = new() { X = 3, Y = 3 } });
        await alan.Page.Mouse.DownAsync();
        (x, y) = await Middle(alan, 31, 21);
        await alan.Page.Mouse.MoveAsync(x, y, new() { Steps = 10 });
        await alan.Page.Mouse.UpAsync();
        Assert.Equal("E1-02, Spalte 31, Zeile 21, 3 × 2, überlappt E1-01", await Said(alan));

        await Saved(alan);
        Assert.Equal("2 Änderungen veröffentlichen", await alan.Page.Locator("[data-publish]").InnerTextAsync());
        await alan.CheckPage();
    }

    [Fact]
    public async Task The_corner_of_what_is_chosen_sizes_it_as_alt_and_arrows_do()
    {
        await using var alan = await Somebody();
        await Thing(alan, "E1-01").ClickAsync();
        var before = await Said(alan);
        var (width, height) = Size(before);

        var box = (await Thing(alan, "E1-01").BoundingBoxAsync())!;
        await alan.Page.Mouse.MoveAsync(box.X + box.Width - 6, box.Y + box.Height - 6);
        await alan.Page.Mouse.DownAsync();
        var canvas = (await alan.Page.Locator("[data-canvas]").BoundingBoxAsync())!;
        await alan.Page.Mouse.MoveAsync(
            box.X + box.Width - 6 + canvas.Width / 48 * 2, box.Y + box.Height - 6 + canvas.Height / 32, new() { Steps = 8 });
        await alan.Page.Mouse.UpAsync();
        Assert.Equal((width + 2, height + 1), Size(await Said(alan)));
        Assert.Equal(Place(before), Place(await Said(alan)));

        foreach (var key in new[] { "Alt+ArrowLeft", "Alt+ArrowLeft", "Alt+ArrowUp" })
            await alan.Page.Keyboard.PressAsync(key);
        Assert.Equal((width, height), Size(await Said(alan)));
        await Saved(alan);

        static string Place(string said) =>
            said[..said.LastIndexOf(", ", said.IndexOf('×', StringComparison.Ordinal), StringComparison.Ordinal)];

        static (int, int) Size(string said)
        {
            var numbers = SizeSaid().Match(said);
            return (Number(numbers.Groups["width"].Value), Number(numbers.Groups["height"].Value));
        }

        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("(?<width>[0-9]+) × (?<height>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SizeSaid();

    [Fact]
    public async Task A_shape_is_drawn_named_repeated_and_undone()
    {
        await using var alan = await Somebody();

        await alan.Page.Locator("[data-new]").SelectOptionAsync("Zone");
        await alan.Page.Locator("[data-do=draw]").ClickAsync();
        await alan.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("sx-3", await alan.Page.EvaluateAsync<string>("() => document.activeElement.name"));
        await alan.Page.Locator("[name=german-3]").FillAsync("Küche");
        await alan.Page.Locator("[data-do=repeat]").ClickAsync();
        await alan.Page.Locator("[data-do=repeat]").ClickAsync();
        await alan.Page.Locator("[data-do=undo]").ClickAsync();
        await Saved(alan);

        var zones = (await Edited()).Draft!.Shapes.Where(shape => shape.Name.German == "Küche").ToList();
        Assert.Equal([2, 14], zones.Select(zone => zone.X));
    }

    [Fact]
    public async Task Who_draws_over_somebody_elses_draft_is_told_and_shown_both()
    {
        await using var alan = await Somebody();
        var other = await TestHub.Services.GetRequiredService<SavePlan>().Run(
            new(Cast.Alan.Id, FloorId, null, FloorPlanDraft.Empty), Stop);
        Assert.True(other.IsDone);

        await Thing(alan, "E1-01").FocusAsync();
        await alan.Page.Keyboard.PressAsync("ArrowRight");
        await alan.Click("Beide zeigen");

        Assert.Contains("E1-01: dort nicht auf dem Plan, bei Ihnen Spalte 3, Zeile 10", await alan.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal);
        Assert.Equal(2, (await Edited()).Draft!.Revision);
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Editor_and_preview_are_in_order(int width, ColorScheme scheme)
    {
        await using var alan = await Somebody(width: width, scheme: scheme);
        await alan.CheckPage();
        await Thing(alan, "E1-01").FocusAsync();
        await alan.Page.Keyboard.PressAsync("Delete");
        await Saved(alan);

        await alan.Open($"{Path}/publish");
        await alan.CheckPage();
    }

    [Fact]
    public async Task An_svg_is_cleaned_lies_beneath_the_plan_and_is_served_in_a_sandbox()
    {
        const string Svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 32" onload="alert(1)">
              <style>rect{fill:red}</style><rect x="1" y="1" width="9" height="9" fill="#888"/><a href="/"><text>x</text></a>
            </svg>
            """;
        await using var alan = await Somebody();
        await alan.Page.Locator("[name=picture]").SetInputFilesAsync(new FilePayload
        {
            Name = "floor.svg",
            MimeType = "image/svg+xml",
            Buffer = System.Text.Encoding.UTF8.GetBytes(Svg),
        });
        await alan.Click("Darunter legen");

        var main = await alan.Page.Locator("main").InnerTextAsync();
        Assert.Contains("Weggelassen: onload, style, a", main, StringComparison.Ordinal);
        await alan.CheckPage();
        var address = (await alan.Page.Locator(".ed-canvas .plan-picture").GetAttributeAsync("src"))!;
        var answer = await alan.Page.APIRequest.GetAsync(new Uri(new Uri(alan.Page.Url), address).ToString());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers["content-security-policy"]);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.Equal("<svg viewBox=\"0 0 48 32\" xmlns=\"http://www.w3.org/2000/svg\">"
            + "<rect x=\"1\" y=\"1\" width=\"9\" height=\"9\" fill=\"#888\" /></svg>", await answer.TextAsync());
        using var stranger = TestHub.NewClient();
        Assert.NotEqual(200, (int)(await stranger.GetAsync(new Uri(address, UriKind.Relative), Stop)).StatusCode);

        await alan.Click("Hintergrund entfernen");
        Assert.Equal(0, await alan.Page.Locator(".plan-picture").CountAsync());
    }

    [Fact]
    public async Task The_script_is_small()
    {
        using var client = TestHub.NewClient();
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open(Path);
        var script = alan.Page.QuerySelectorAll("script[src*=plan-editor]").Single().GetAttribute("src")!;

        using var sent = new MemoryStream();
        await using (var gzip = new GZipStream(sent, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(await client.GetByteArrayAsync(new Uri(script, UriKind.Relative), Stop), Stop);

        Assert.InRange(sent.Length, 1, ScriptBytesMax);
    }

    private async Task<Visitor> Somebody(bool javaScript = true, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var alan = await browser.Visit(TestHub, new Viewing
        {
            Language = Language.German,
            JavaScript = javaScript,
            Width = width,
            Scheme = scheme,
        });
        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open(Path);
        return alan;
    }

    private static ILocator Thing(Visitor visitor, string name) =>
        visitor.Page.Locator(".ed").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task<string> Said(Visitor visitor) => visitor.Page.Locator("[data-say]").InnerTextAsync();

    private static async Task Saved(Visitor visitor)
    {
        // The draft waits a moment for the next change before it is sent.
        await visitor.Page.WaitForTimeoutAsync(900);
        await visitor.Page.WaitForFunctionAsync("() => document.querySelector('[data-status]').textContent.includes('gespeichert')");
    }

    private static async Task<(float X, float Y)> Middle(Visitor visitor, int column, int row)
    {
        var box = (await visitor.Page.Locator("[data-canvas]").BoundingBoxAsync())!;
        return (box.X + box.Width * (column - .5f) / 48, box.Y + box.Height * (row - .5f) / 32);
    }

    private static async Task Fill(Visitor visitor, Space space, int x, int y, int width, int height, string turned)
    {
        foreach (var (field, value) in new[] { ("x", x), ("y", y), ("w", width), ("h", height) })
            await visitor.Page.Locator($"[name={field}-{space.Id}]").FillAsync($"{value}");
        await visitor.Page.Locator($"[name=r-{space.Id}]").SelectOptionAsync(turned);
    }

    private async Task<string> Rows() => string.Join('\n', (await Edited()).Draft!.Places
        .Select(place => $"{place.SpaceId} {place.X} {place.Y} {place.Width} {place.Height} {place.Rotation} {place.Form}"));

    private async Task BringBack()
    {
        var edited = await Edited();
        Assert.True((await TestHub.Services.GetRequiredService<BringBackPlan>().Run(
            Cast.Alan.Id, FloorId, edited.Published!.Id, edited.Revision, Stop)).IsDone);
    }

    private async Task<EditedPlan> Edited() =>
        (await TestHub.Services.GetRequiredService<EditedPlans>().Find(Cast.As(Cast.Alan), FloorId, Stop))!;
}
