using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Events;

/// <summary>
/// What people come for, in a real browser, with no more steps than promised: publish 4, duplicate 2, register 1 or 3, cancel from the
/// e-mail 2, check in 0.
/// </summary>
public sealed class EventJourneys(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(Language.German, true)]
    [InlineData(Language.English, true)]
    [InlineData(Language.German, false)]
    public async Task Publishes_an_event_in_four_steps(Language language, bool javaScript)
    {
        await using var grace = await browser.Visit(TestHub, new Viewing { Language = language, JavaScript = javaScript });
        await Speak(language);
        await TestHub.SignIn(grace, Cast.Grace);
        await grace.Open("/organise/new");
        grace.Steps = 0;

        await grace.Type(grace.Page.Locator(language == Language.German ? "#f-titlegerman" : "#f-titleenglish"), "Credit as code");
        await grace.Type(grace.Page.Locator("#f-start"), "2026-11-26T18:00");
        if (javaScript)
            await Expect(grace.Page.Locator("[data-rooms-said]")).ToContainTextAsync(
                language == Language.German ? "von 4 Räumen sind dann frei" : "of 4 rooms are free then");
        await grace.Choose(grace.Page.Locator("#f-space"), language == Language.German ? "Spree · 8 Personen" : "Spree · 8 people");
        await grace.Click(grace.Page.Locator("button[value=publish]"));

        await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("Credit as code");
        Assert.Equal(4, grace.Steps);
        Assert.Equal(EventStatus.Published, (await TestHub.Read(db => db.Events.SingleAsync(Stop))).Status);
        await grace.CheckPage();
    }

    [Fact]
    public async Task Keeps_what_was_typed_when_the_language_is_switched_and_asks_before_it_is_left()
    {
        await using var grace = await browser.Visit(TestHub, new Viewing { Language = Language.English });
        await Speak(Language.English);
        await TestHub.SignIn(grace, Cast.Grace);
        await grace.Open("/organise/new");
        await grace.Type(grace.Page.Locator("#f-titleenglish"), "Credit as code");

        await grace.Click(grace.Page.Locator("button[name=language]"));

        await Expect(grace.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(grace.Page.Locator("#f-titleenglish")).ToHaveValueAsync("Credit as code");
        var asked = new TaskCompletionSource<string>();
        grace.Page.Dialog += (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            _ = dialog.DismissAsync();
        };
        await grace.Page.Locator("a.mark").ClickAsync();
        Assert.Equal("beforeunload", await asked.Task);
        await Expect(grace.Page.Locator("#f-titleenglish")).ToHaveValueAsync("Credit as code");
    }

    [Fact]
    public async Task Saves_a_draft_by_itself_once_nothing_is_typed_any_more()
    {
        await using var grace = await browser.Visit(TestHub, new Viewing { Language = Language.English });
        await Speak(Language.English);
        await TestHub.SignIn(grace, Cast.Grace);
        await grace.Open("/organise/new");

        await grace.Type(grace.Page.Locator("#f-start"), "2026-11-26T18:00");
        await grace.Type(grace.Page.Locator("#f-titleenglish"), "Credit as code");
        await Expect(grace.Page.Locator("[data-said]")).ToContainTextAsync("Draft saved at");
        await grace.Type(grace.Page.Locator("#f-titleenglish"), "Credit as code, again");
        await Expect(grace.Page.Locator("[name=revision]")).ToHaveValueAsync("2");
        await grace.Page.ReloadAsync(); // leaves without a question

        await Expect(grace.Page.Locator("#f-titleenglish")).ToHaveValueAsync("Credit as code, again");
        var draft = await TestHub.Read(db => db.Events.SingleAsync(Stop));
        Assert.Equal((EventStatus.Draft, $"/organise/{draft.Id}"), (draft.Status, new Uri(grace.Page.Url).AbsolutePath));
        await grace.CheckPage();
    }

    [Fact]
    public async Task Duplicates_an_event_in_two_steps()
    {
        await TestHub.Publish();
        await using var grace = await browser.Visit(TestHub);
        await TestHub.SignIn(grace, Cast.Grace);
        await grace.Open("/organise");
        grace.Steps = 0;

        await grace.Click(grace.Page.Locator("form[action$=duplicate] button"));
        await grace.Click(grace.Page.Locator("button[value=publish]"));

        await Expect(grace.Page.GetByText(grace.Page.Url.Split('?')[0])).ToBeVisibleAsync();
        Assert.Equal(2, grace.Steps);
        Assert.Equal(2, await TestHub.Read(db => db.Events.CountAsync(one => one.Status == EventStatus.Published, Stop)));
    }

    [Theory]
    [InlineData(Language.German, true)]
    [InlineData(Language.English, true)]
    [InlineData(Language.English, false)]
    public async Task Registers_a_guest_in_three_steps(Language language, bool javaScript)
    {
        var talk = await TestHub.Publish();
        await using var guest = await browser.Visit(TestHub, new Viewing { Language = language, Width = 390, JavaScript = javaScript });
        await guest.Open($"/events/{talk.Slug}");

        await guest.Type(guest.Page.Locator("#f-name"), "Gustav Gast");
        await guest.Type(guest.Page.Locator("#f-email"), "gast@guests.example");
        await guest.Click(language == Language.German ? "Zur Veranstaltung anmelden" : "Register");

        await Expect(guest.Page.Locator("main bdi")).ToBeVisibleAsync();
        Assert.Equal(3, guest.Steps);
        Assert.Equal(language, (await TestHub.Registration(talk, "gast@guests.example")).Language);
        await guest.CheckPage();
    }

    [Fact]
    public async Task Registers_a_member_in_one_step_with_undo()
    {
        var talk = await TestHub.Publish();
        await using var ada = await browser.Visit(TestHub, new Viewing { Width = 390 });
        await TestHub.SignIn(ada, Cast.Ada);
        await ada.Open($"/events/{talk.Slug}");
        ada.Steps = 0;

        await ada.Click("Zur Veranstaltung anmelden");
        Assert.Equal(1, ada.Steps);
        await ada.CheckPage();
        await ada.Click(ada.Page.Locator("[data-undo] button"));

        await Expect(ada.Page.Locator("[data-undo]")).ToContainTextAsync("storniert");
        Assert.Equal(RegistrationStatus.Cancelled, (await TestHub.Registration(talk, Cast.Ada.Email)).Status);
    }

    [Fact]
    public async Task Cancels_from_the_email_in_two_steps()
    {
        var talk = await TestHub.Publish();
        var registration = await TestHub.Register(talk, "Konrad");
        await using var konrad = await browser.Visit(TestHub, new Viewing { Width = 320 });

        konrad.Steps++; // the link in the e-mail
        await konrad.Open($"/registrations/{await TestHub.Token(TokenPurpose.ManageRegistration, registration)}");
        await konrad.CheckPage();
        await konrad.Click("Anmeldung stornieren");

        await Expect(konrad.Page.GetByText("Ihre Anmeldung ist storniert.")).ToBeVisibleAsync();
        Assert.Equal(2, konrad.Steps);
        await konrad.CheckPage();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checks_in_with_a_scanner_and_not_one_tap(bool javaScript)
    {
        var talk = await TestHub.Publish();
        var tickets = new List<string>();
        foreach (var name in new[] { "Konrad", "Wilhelmine" })
            tickets.Add(await TestHub.Token(TokenPurpose.Ticket, await TestHub.Register(talk, name)));
        TestHub.Clock.Reset(talk.Start - Duration.FromHours(1));
        await using var desk = await browser.Visit(TestHub, new Viewing { JavaScript = javaScript });
        await TestHub.SignIn(desk, Cast.Frieda);
        await desk.Open($"/organise/{talk.Id}/registrations");

        foreach (var (ticket, name) in tickets.Zip(["Konrad", "Wilhelmine"]))
        {
            await desk.Page.Keyboard.TypeAsync(ticket); // what a hand scanner does: it types, and sends Enter
            await desk.Page.Keyboard.PressAsync("Enter");
            await Expect(desk.Page.Locator(".verdict")).ToContainTextAsync(name);
            await Expect(desk.Page.Locator("#code")).ToBeFocusedAsync();
        }

        await Expect(desk.Page.Locator(".stats")).ToContainTextAsync("2");
        Assert.Equal(0, desk.Steps);
        await desk.CheckPage();
    }

    [Fact]
    public async Task Finds_a_guest_by_three_emails_and_checks_them_in_with_one_tap()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        TestHub.Clock.Reset(talk.Start - Duration.FromHours(1));
        await using var desk = await browser.Visit(TestHub, new Viewing { Width = 390 });
        await TestHub.SignIn(desk, Cast.Grace);
        await desk.Open($"/organise/{talk.Id}/registrations");
        desk.Steps = 0;

        await desk.Page.Locator("#q").FocusAsync();
        await desk.Page.Keyboard.TypeAsync("wil");
        await Expect(desk.Page.Locator(".attendees strong")).ToHaveTextAsync(["Wilhelmine"]);
        await desk.Click(desk.Page.Locator(".attendees form[action$='/in'] button"));

        await Expect(desk.Page.Locator(".attendees")).ToContainTextAsync("Eingecheckt um");
        Assert.Equal(1, desk.Steps);
    }

    [Fact]
    public async Task Registers_by_keyboard_alone_with_the_focus_always_in_sight()
    {
        var talk = await TestHub.Publish();
        await using var guest = await browser.Visit(TestHub, new Viewing { Width = 390 });
        await guest.Open($"/events/{talk.Slug}");

        await TabTo(guest, "f-name");
        await guest.Page.Keyboard.TypeAsync("Konrad");
        await TabTo(guest, "f-email");
        await guest.Page.Keyboard.TypeAsync("konrad@guests.example");
        await guest.Page.Keyboard.PressAsync("Enter");

        await Expect(guest.Page.Locator("main bdi")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Light)]
    [InlineData(Language.English, 390, ColorScheme.Dark)]
    [InlineData(Language.German, 1280, ColorScheme.Dark)]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    public async Task Is_in_order_on_every_page(Language language, int width, ColorScheme scheme)
    {
        var talk = await TestHub.Publish(draft =>
            draft with { Capacity = 1, Text = new("# Ablauf\n\n- Eins\n- Zwei", "# Agenda\n\n- [One](https://example.org)") });
        var seated = await TestHub.Register(talk, "Konrad");
        var waiting = await TestHub.Register(talk, "Wilhelmine Donaudampfschifffahrtsgesellschaftskapitänin");
        await TestHub.Publish(draft => draft with { Title = draft.Title with { German = null }, Topic = "iot", SpaceId = Cast.Havel.Id });
        await using var grace = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        string[] forAll =
        [
            "/events", "/events?site=west&topic=fintech", $"/events/{talk.Slug}",
            $"/registrations/{await TestHub.Token(TokenPurpose.ManageRegistration, waiting)}",
            $"/tickets/{await TestHub.Token(TokenPurpose.Ticket, seated)}",
        ];
        string[] forGrace =
        [
            $"/events/{talk.Slug}", "/organise", "/organise/new", $"/organise/{talk.Id}",
            $"/organise/{talk.Id}/cancel", $"/organise/{talk.Id}/registrations",
        ];

        foreach (var path in forAll)
        {
            await grace.Open(path);
            await grace.CheckPage();
        }
        await Speak(language);
        await TestHub.SignIn(grace, Cast.Grace);
        foreach (var path in forGrace)
        {
            await grace.Open(path);
            foreach (var fold in await grace.Page.Locator("details summary").AllAsync())
                await fold.ClickAsync();
            await grace.CheckPage();
        }
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>A member's own language counts from when they sign in.</summary>
    private async Task Speak(Language language)
    {
        await using var db = TestHub.OpenDb();
        await db.Set<DigiHub.Members.Member>().ExecuteUpdateAsync(row => row.SetProperty(one => one.Language, language), Stop);
    }

    /// <summary>
    /// Presses Tab until that field has the focus; on the way no focus may hide under something that sticks (WCAG 2.2 SC 2.4.11).
    /// </summary>
    private static async Task TabTo(Visitor visitor, string id)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            var (focused, isHidden) =
                (await visitor.Page.EvaluateAsync<string>("document.activeElement.id"), await visitor.Page.EvaluateAsync<bool>("""
                () => {
                    const box = document.activeElement.getBoundingClientRect();
                    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
                    return !!seen && !document.activeElement.contains(seen) && !seen.contains(document.activeElement) && !seen.closest('label');
                }
                """));
            Assert.False(isHidden, $"The focus on #{focused} is hidden.");
            if (focused == id)
                return;
        }
        Assert.Fail($"Tab never came to #{id}.");
    }
}
