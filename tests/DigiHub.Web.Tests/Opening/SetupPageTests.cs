using System.Net;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Opening;
using DigiHub.Settings;
using DigiHub.Tests;
using DigiHub.Web.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Opening;

/// <summary>From an empty database to an open hub and its first booking, by the pages alone.</summary>
public sealed class SetupPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Password = "vier kleine Kähne am Kanal";

    /// <summary>Presses, needed fields and choices: what hub.md allows from the first start to the first booking.</summary>
    private const int StepsMax = 24;

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/desks")]
    [InlineData("/admin")]
    [InlineData("/events")]
    public async Task While_nobody_ever_administrated_the_hub_every_page_leads_to_set_up(string path)
    {
        await Empty();
        using var reader = TestHub.NewReader(Language.English);

        await reader.Open(path);

        Assert.Equal("/setup", reader.Address.AbsolutePath);
        Assert.Contains("Who looks after this hub?", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_imprint_files_and_probes_answer_all_the_same()
    {
        await Empty();
        using var client = TestHub.NewClient();

        foreach (var path in new[] { "/imprint", "/privacy", "/accessibility", "/health/live", "/css/base.css", "/api/v1/sites" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            Assert.NotEqual("/setup", answer.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task Once_there_was_an_administrator_the_page_is_gone()
    {
        using var stranger = TestHub.NewReader();
        await stranger.Open("/setup");
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);

        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/setup");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public async Task A_wrong_code_or_a_weak_password_is_named_at_its_field_and_what_was_typed_stays()
    {
        var code = await Empty();
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open("/setup");

        await reader.Send("form:has([name=code])", ("code", code), ("name", "Alan"), ("email", "alan"), ("newPassword", "password"));
        Assert.Equal(HttpStatusCode.BadRequest, reader.Status);
        Assert.Equal(["#f-email", "#f-newpassword"], reader.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));

        await reader.Send("form:has([name=code])",
            ("code", "0000-0000-0000-0000"), ("email", "alan@example.org"), ("newPassword", Password));
        Assert.Contains("That is not the code. 4 tries left.", reader.Text, StringComparison.Ordinal);
        Assert.Equal("Alan", reader.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
        Assert.Equal(0, await TestHub.Read(db => db.Members.CountAsync(Stop)));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public async Task From_the_first_start_to_the_first_booking_without_a_script_in_few_steps(Language language)
    {
        var code = await Empty();
        using var alan = new Counting(TestHub.NewReader(language));
        await alan.Reader.Open("/");

        await alan.Send("form:has([name=code])",
            ("code", code), ("name", "Alan"), ("email", "alan@example.org"), ("newPassword", Password));
        Assert.Equal("/admin/imprint", alan.Path);
        await alan.Send("form:has([name='Imprint.Operator'])",
            ("Imprint.Operator", "Muster Hub gGmbH"), ("Imprint.Address", "Werft 12, 10245 Berlin"), ("Imprint.Email", "info@example.org"));
        Assert.Equal("/admin/sites/new", alan.Path);
        await alan.Send("form:has([name=postCode])", ("name", "Hub Ost"), ("street", "Werft 12"), ("postCode", "10245"));
        Assert.Equal("/admin/sites/hub-ost", alan.Path);
        await alan.Send("form:has([name=rooms])", ("desks", "20"), ("firstDesk", "E1-01"), ("rooms", "Spree, 8"));
        await alan.Press("a.btn.pri");
        Assert.Equal("/admin/open", alan.Path);
        await alan.Send("form:has(button.pri)");
        Assert.NotNull((await TestHub.Read(db => db.Set<HubState>().SingleAsync(Stop))).OpenedAt);
        await alan.Press("a.btn.pri");
        Assert.Equal("/", alan.Path);
        await alan.Send("form:has(button.pri)");

        var booking = await TestHub.Read(db => db.Bookings.SingleAsync(Stop));
        var member = await TestHub.Read(db => db.Members.SingleAsync(Stop));
        Assert.Equal((member.Id, language), (booking.MemberId, member.Language));
        Assert.InRange(alan.Steps, 1, StepsMax);
        await alan.Reader.Open("/imprint");
        Assert.Contains("Muster Hub gGmbH", alan.Reader.Text, StringComparison.Ordinal);
    }

    /// <summary>The same in a browser, as somebody sees it who has never been there.</summary>
    [Theory]
    [InlineData(true, Language.German, 1280)]
    [InlineData(false, Language.English, 390)]
    public async Task A_stranger_gets_there_in_a_browser_with_and_without_a_script(bool javaScript, Language language, int width)
    {
        var code = await Empty();
        await using var stranger = await browser.Visit(
            TestHub, new Viewing { Width = width, Language = language, JavaScript = javaScript });
        var page = stranger.Page;
        await stranger.Open("/");

        await Fill("/setup", ("code", code), ("name", "Alan"), ("email", "alan@example.org"), ("newPassword", Password));
        await Fill("/admin/imprint", ("Imprint.Operator", "Muster Hub gGmbH"), ("Imprint.Address", "Werft 12, 10245 Berlin"),
            ("Imprint.Email", "info@example.org"));
        await Fill("/admin/sites/new", ("name", "Hub Ost"), ("street", "Werft 12"), ("postCode", "10245"));
        await Fill("/admin/sites/hub-ost", ("desks", "20"), ("firstDesk", "E1-01"), ("rooms", "Spree, 8"));
        await stranger.Click(page.Locator("main a.btn.pri"));
        await Fill("/admin/open");
        await stranger.Click(page.Locator("main a.btn.pri"));
        await stranger.Arrive(url => url.AbsolutePath == "/");
        await stranger.Click(page.Locator("main form button.pri").First);
        await page.Locator(".toast").First.WaitForAsync();

        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
        Assert.InRange(stranger.Steps, 1, StepsMax);

        async Task Fill(string path, params (string Name, string Text)[] fields)
        {
            await stranger.Arrive(url => url.AbsolutePath == path);
            await stranger.CheckPage();
            foreach (var (name, text) in fields)
                await stranger.Type(page.Locator($"main [name='{name}']"), text);
            var button = fields.Length > 0 ? $"main form:has([name='{fields[^1].Name}']) button.pri" : "main form button.pri";
            await stranger.Click(page.Locator(button));
        }
    }

    [Fact]
    public async Task The_hub_does_not_open_while_the_imprint_is_incomplete_and_the_page_leads_there()
    {
        await Close();
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/open");
        Assert.True(alan.Page.QuerySelector("main button.pri")!.HasAttribute("disabled"));
        Assert.NotNull(alan.Page.QuerySelector("main .needs a[href='/admin/imprint']"));
        await alan.Send("form:has(button.pri)");

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("braucht das Impressum Betreiber", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_says_why_it_cannot_be_published_yet()
    {
        await Close();
        var draft = await TestHub.Write();
        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open($"/organise/{draft.Id}");

        await grace.Send("form:has(button[value=publish])", ("act", "publish"));

        Assert.Contains("Dieser Hub ist noch nicht eröffnet. Ihr Entwurf ist gespeichert", grace.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await Close();
        await using (var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language }))
        {
            await TestHub.SignIn(alan, Cast.Alan);
            foreach (var path in new[] { "/admin/imprint", "/admin/open", "/admin/sites/new", "/admin/sites/east" })
            {
                await alan.Open(path);
                await alan.CheckPage();
            }
        }

        await Empty();
        await using var stranger = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await stranger.Open("/setup");
        await stranger.CheckPage();
    }

    private async Task Close()
    {
        await using var db = TestHub.OpenDb();
        await db.Set<HubState>().ExecuteUpdateAsync(row => row.SetProperty(hub => hub.OpenedAt, (Instant?)null), Stop);
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
    }

    /// <summary>The code that a start of the program on an empty database prints.</summary>
    private async Task<string> Empty()
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db, typeof(StoredKey));
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        return (await TestHub.Services.GetRequiredService<MakeSetupCode>().Run(Stop))!;
    }

    /// <summary>Counts what a person does: a step for each field they fill and each press.</summary>
    private sealed class Counting(Reader reader) : IDisposable
    {
        public Reader Reader { get; } = reader;

        public int Steps { get; private set; }

        public string Path => Reader.Address.AbsolutePath;

        public async Task Send(string form, params (string, string)[] fields)
        {
            Steps += fields.Length + 1;
            await Reader.Send(form, fields);
        }

        public async Task Press(string link)
        {
            Steps++;
            await Reader.Open(Reader.Page.QuerySelector($"main {link}")!.GetAttribute("href")!);
        }

        public void Dispose() => Reader.Dispose();
    }
}
