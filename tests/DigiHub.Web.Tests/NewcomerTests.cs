using System.Globalization;
using DigiHub.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigiHub.Web.Tests;

/// <summary>What somebody does in the first five minutes with the demo, from the first page to the reminder they read.</summary>
public sealed class NewcomerTests(DemoHub demo, Browser browser)
{
    private const string Guest = "gast@guests.example";

    // The confirmation waits for the undo window, then for the next knock; a loaded machine takes its time.
    private static readonly TimeSpan letterMax = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Books_a_desk_publishes_an_event_registers_and_reads_the_reminder()
    {
        var hub = await demo.Running();
        var english = new Viewing { Language = Language.English };

        await using (var ada = await browser.Visit(hub.Url, english))
        {
            await DemoHub.SignIn(ada, DemoCast.Ada);
            await ada.Click(ada.Page.Locator("button.pri", new() { HasText = "Book E2-05" }));
            await Expect(ada.Page.Locator("[data-undo]").First).ToBeVisibleAsync();
            Assert.Equal(1, ada.Steps);
        }

        string address, room;
        await using (var grace = await browser.Visit(hub.Url, english))
        {
            await DemoHub.SignIn(grace, DemoCast.Grace);
            await grace.Open("/organise/new");
            await grace.Page.Locator("#f-titleenglish").FillAsync("A newcomer's evening");
            await grace.Page.Locator("#f-start").FillAsync(InTenDays());
            await Expect(grace.Page.Locator("[data-rooms-said]")).Not.ToBeEmptyAsync(); // which rooms are free then
            var free = grace.Page.Locator("#f-space option:not([disabled]):not([value=''])").First;
            room = (await free.InnerTextAsync()).Split('·')[0].Trim();
            await grace.Page.Locator("#f-space").SelectOptionAsync(await free.GetAttributeAsync("value") ?? "");
            await grace.Page.Locator("button[value=publish]").ClickAsync();
            await Expect(grace.Page.Locator("h1")).ToHaveTextAsync("A newcomer's evening");
            address = new Uri(grace.Page.Url).AbsolutePath;
        }

        await using var guest = await browser.Visit(hub.Url, english);
        await guest.Open(address.StartsWith("/events/", StringComparison.Ordinal) ? address : "/events/a-newcomers-evening");
        await guest.Page.Locator("#f-name").FillAsync("Gustav Gast");
        await guest.Page.Locator("#f-email").FillAsync(Guest);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();
        await Expect(guest.Page.Locator("main")).ToContainTextAsync(Guest);

        await guest.Open("/mail?search=" + Guest);
        await guest.Page.Locator("li", new() { HasText = "Event reminder" }).First.GetByRole(AriaRole.Button).ClickAsync();
        var reminder = await Appears(guest, "newcomer's evening");
        await reminder.ClickAsync();
        await Expect(guest.Page.Locator("body")).ToContainTextAsync(room);
    }

    /// <summary>A letter lies in the mailbox as soon as a job has laid it there; a reader looks again and again.</summary>
    private static async Task<ILocator> Appears(Visitor visitor, string subject)
    {
        var letter = visitor.Page.Locator("a[href^='/mail/']", new() { HasText = subject }).First;
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < letterMax;)
        {
            await visitor.Open("/mail?search=" + Guest);
            if (await letter.IsVisibleAsync())
                return letter;
            await visitor.Page.WaitForTimeoutAsync(500);
        }

        Assert.Fail($"No letter about \"{subject}\" came within {letterMax}.");
        return letter;
    }

    private static string InTenDays()
    {
        var day = DigiHub.Time.SiteTime.Of("Europe/Berlin").DateOf(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())).PlusDays(10);
        return day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T18:00";
    }
}
