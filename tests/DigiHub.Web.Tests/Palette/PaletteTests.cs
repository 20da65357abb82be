using System.IO.Compression;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Demand;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Palette;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Palette;

/// <summary>"Find or book": one field for everything, as a dialog and as a page. The clock stands on a Monday at nine.</summary>
public sealed class PaletteTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int ScriptBytesMax = 3 * 1024;

    [Theory]
    [InlineData("desk tomorrow", "Book E1-01, Tue 24 Nov, 08:00–20:00")]
    [InlineData("Platz morgen Vormittag", "Book E1-01, Tue 24 Nov, 08:00–13:00")]
    [InlineData("room 8 14:00", "Book Spree, Mon 23 Nov, 14:00–15:00")]
    [InlineData("room 8 14:00 west", "Book Havel, Mon 23 Nov, 14:00–15:00")]
    [InlineData("Spree next Tuesday 14-16", "Book Spree, Tue 1 Dec, 14:00–16:00")]
    [InlineData("spre 14:00", "Book Spree, Mon 23 Nov, 14:00–15:00")]
    [InlineData("e1-02 tomorrow", "Book E1-02, Tue 24 Nov, 08:00–20:00")]
    [InlineData("my bookings", "My bookings")]
    [InlineData("Meine Buchungen", "My bookings")]
    [InlineData("bokings", "My bookings")]
    [InlineData("events", "Events")]
    [InlineData("", "Book E1-01, Tue 24 Nov, 08:00–20:00")]
    public async Task The_first_row_is_the_best_act(string line, string first)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);

        var rows = await Rows(bob, line);

        Assert.StartsWith(first, rows[0], StringComparison.Ordinal);
        Assert.InRange(rows.Count, 1, PaletteSearch.RowsMax);
    }

    [Fact]
    public async Task A_row_books_and_leads_to_the_undo()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/palette?q=desk+tomorrow");

        await bob.Send("#pal-rows li:nth-child(2) form");

        Assert.Equal("/my-bookings", bob.Address.AbsolutePath);
        Assert.Equal(Cast.Desk.Id, Assert.Single(await Standing()).SpaceId);
        await bob.Send(".toast form");
        Assert.Empty(await Standing());
    }

    [Theory]
    [InlineData("/rooms?site=east", "/rooms?site=east")]
    [InlineData("/account", "/my-bookings")] // which would not say what was booked
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/desks", "/")]
    [InlineData("", "/my-bookings")]
    public async Task It_leads_back_to_pages_that_show_what_was_booked(string from, string back)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open($"/palette?q=desk+tomorrow&from={Uri.EscapeDataString(from)}");

        Assert.Equal(back, bob.Page.QuerySelector("#pal-rows input[name=returnUrl]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_asked_of_others_opens_its_form_first()
    {
        await TestHub.ChangeCatalogue(db => db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(one => one.NeedsApproval, true), Stop));
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/palette?q=spree+14:00");

        Assert.Null(bob.Page.QuerySelector("#pal-rows form"));
        await bob.Open(bob.Page.QuerySelector("#pal-rows a")!.GetAttribute("href")!);
        Assert.Equal(("14:00", "15:00"), (bob.Page.QuerySelector("input[name=start]")!.GetAttribute("value"),
            bob.Page.QuerySelector("input[name=end]")!.GetAttribute("value")));
    }

    [Theory]
    [InlineData("xyzzy", "Nothing for “xyzzy”. Rooms? Desks?")]
    [InlineData("desk sunday", "Closed")]
    [InlineData("room 500", "Nothing here is for 500 people.")]
    public async Task Says_why_there_is_nothing(string line, string why)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);

        await Rows(bob, line);

        Assert.Contains(why, bob.Page.QuerySelector(".pal-note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_writes_nothing_and_is_no_unmet_wish()
    {
        await Take(Cast.Ada, Cast.Spree, Cast.Havel, Cast.Panke);
        var before = await Activities();
        using var bob = await TestHub.SignIn(Cast.Bob);

        var rows = await Rows(bob, "room 8 tomorrow 14:00");

        Assert.Contains(rows, row => row.StartsWith("Wait for it", StringComparison.Ordinal));
        Assert.Equal(0, await TestHub.Services.GetRequiredService<UnmetWishes>().Run(Stop));
        Assert.Equal(before, await Activities());
        await bob.Open("/find?kind=room&people=8&day=2026-11-24&start=14:00&length=60");
        Assert.Equal(1, await TestHub.Services.GetRequiredService<UnmetWishes>().Run(Stop));
    }

    [Fact]
    public async Task Nobody_finds_what_they_may_not_open()
    {
        await TestHub.Read(async db =>
        {
            await Cast.GiveRoles(db, Cast.Bob, Role.Auditor);
            return 0;
        });
        string[] lines = [.. PalettePage.All.SelectMany(page => new[] { page.Name.English, page.Name.German }).Distinct(), "ada", "Spree"];
        Dictionary<Member, HashSet<string>> found = [];
        foreach (var member in new[] { Cast.Ada, Cast.Bob, Cast.Grace, Cast.Frieda, Cast.Alan })
        {
            using var reader = await TestHub.SignIn(member);
            HashSet<string> ways = found[member] = [];
            foreach (var line in lines)
            {
                await reader.Open($"/palette?q={Uri.EscapeDataString(line)}");
                ways.UnionWith(reader.Page.QuerySelectorAll("#pal-rows a").Select(link => link.GetAttribute("href")!));
            }

            foreach (var way in ways)
            {
                await reader.Open(way);
                Assert.Equal((member.Name.Text, way, 200), (member.Name.Text, way, (int)reader.Status));
            }
        }

        Assert.DoesNotContain(found[Cast.Ada], way => way.StartsWith("/admin", StringComparison.Ordinal) || IsForSomebody(way));
        Assert.DoesNotContain(found[Cast.Grace], IsForSomebody);
        Assert.Contains(found[Cast.Frieda], IsForSomebody);
        Assert.Contains("/admin/settings/hub", found[Cast.Alan]);
        Assert.Contains("/admin/settings", found[Cast.Bob]);
        Assert.DoesNotContain("/admin/settings/hub", found[Cast.Bob]);
        Assert.Contains($"/admin/people/{Cast.Ada.Id}", found[Cast.Alan]);

        static bool IsForSomebody(string way) => way.Contains("for=", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%00%ff%fe")]
    [InlineData("%F0%9F%98%80%E2%80%AE")]
    [InlineData("room+99999999999999+31.2.9999+25:99")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Nonsense_is_answered_calmly(string line)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open($"/palette?q={line}");
        Assert.InRange((int)bob.Status, 200, 400);

        await bob.Open($"/palette?q={new string('x', 5_000)}");
        Assert.Equal(400, (int)bob.Status);
    }

    [Theory]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    [InlineData(Language.German, 390, ColorScheme.Dark)]
    [InlineData(Language.German, 320, ColorScheme.Light)]
    public async Task The_dialog_books_by_keyboard_alone(Language language, int width, ColorScheme scheme)
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(visitor, language == Language.German ? Cast.Ada : Cast.Bob);
        await visitor.Open("/");

        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Locator("dialog.palette[open]").WaitForAsync();
        await visitor.Page.Keyboard.TypeAsync(language == Language.German ? "Raum 8 14 Uhr" : "room 8 14:00");
        await visitor.Page.Locator(".pal[aria-selected=true]", new() { HasText = "14:00–15:00" }).WaitForAsync();
        await visitor.CheckPage();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await visitor.Page.Keyboard.PressAsync("ArrowUp");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal("/", new Uri(visitor.Page.Url).AbsolutePath);
        Assert.Equal(new LocalDateTime(2026, 11, 23, 14, 0), Assert.Single(await Standing()).StartLocal);
        await visitor.CheckPage();
    }

    [Fact]
    public async Task Enter_does_nothing_with_rows_that_are_not_of_what_is_typed()
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.English });
        await TestHub.SignIn(visitor, Cast.Bob);
        await visitor.Open("/");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Locator(".pal[aria-selected=true]", new() { HasText = "Book E1-01" }).WaitForAsync();

        await visitor.Page.EvaluateAsync("""
            () => {
                const field = document.querySelector("dialog input[name=q]");
                field.value = "my bookings";
                field.dispatchEvent(new Event("input", { bubbles: true }));
                field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
            }
            """);
        await visitor.Page.Locator(".pal[aria-selected=true]", new() { HasText = "My bookings" }).WaitForAsync();
        Assert.Empty(await Standing());

        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Arrive(at => at.AbsolutePath == "/my-bookings");
    }

    [Fact]
    public async Task Escape_gives_the_focus_back()
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.English, Width = 390 });
        await TestHub.SignIn(visitor, Cast.Bob);
        await visitor.Open("/desks");

        await visitor.Page.Locator("[data-palette]").ClickAsync();
        await visitor.Page.Locator("dialog.palette[open]").WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Page.WaitForFunctionAsync("() => document.activeElement.matches('[data-palette]')");
    }

    [Fact]
    public async Task Without_a_script_it_is_a_page()
    {
        await using var visitor = await browser.Visit(
            TestHub, new Viewing { Language = Language.English, Width = 320, JavaScript = false });
        await TestHub.SignIn(visitor, Cast.Bob);
        await visitor.Open("/account");

        await visitor.Click(visitor.Page.Locator("[data-palette]"));
        await visitor.Type(visitor.Page.Locator("#pal-q"), "desk tomorrow");
        await visitor.Click("Search");
        await visitor.CheckPage();
        await visitor.Click(visitor.Page.Locator("button.pal").First);
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Single(await Standing());
    }

    [Fact]
    public async Task The_page_is_accessible()
    {
        foreach (var (language, width) in new[] { (Language.German, 320), (Language.English, 1280) })
        {
            await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width });
            await TestHub.SignIn(visitor, Cast.Alan);
            foreach (var line in new[] { "", "room 8 14:00", "xyzzy", "ada" })
            {
                await visitor.Open($"/palette?q={Uri.EscapeDataString(line)}");
                await visitor.CheckPage();
            }
        }
    }

    [Fact]
    public void The_script_is_small()
    {
        var script = File.ReadAllBytes(Path.Combine(Repository.Root, "src/DigiHub.Web/wwwroot/js/palette.js"));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(script);

        Assert.InRange(packed.Length, 1, ScriptBytesMax);
    }

    private static async Task<List<string>> Rows(Reader reader, string line)
    {
        await reader.Open($"/palette?q={Uri.EscapeDataString(line)}");
        return [.. reader.Page.QuerySelectorAll(".pal").Select(row => row.TextContent.Trim())];
    }

    private async Task Take(Member member, params Space[] spaces)
    {
        var tomorrow = new LocalDate(2026, 11, 24);
        foreach (var space in spaces)
            Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
            {
                ActorId = member.Id,
                SpaceId = space.Id,
                When = When.Between(tomorrow + new LocalTime(13, 0), tomorrow + new LocalTime(16, 0)),
            }, Stop)).IsDone);
    }

    private Task<int> Activities() => TestHub.Read(db => db.Activity.CountAsync(Stop));

    private Task<List<Booking>> Standing() =>
        TestHub.Read(db => db.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).ToListAsync(Stop));
}
