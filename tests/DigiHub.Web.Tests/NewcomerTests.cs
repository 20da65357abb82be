using System.Globalization;
using DigiHub.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DigiHub.Web.Tests;

/// <summary>What somebody does in the first five minutes with the demo, from the first page to the reminder they read.</summary>
public sealed class NewcomerTests(DemoHub demo, Browser browser)
{
    private const string Guest = "gast@guests.example";

    // The confirmation waits for the undo window, then for the next signal; a loaded machine takes its time.
    private static readonly TimeSpan notificationMax = TimeSpan.FromSeconds(180);

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

        // An address that somebody typed is asked first; only then is more written to it.
        await Read(guest, earlier: 0);
        await guest.Page.Locator("section a[href*='/registrations/']").First.ClickAsync();
        await guest.Page.Locator("form:has([name=_handler][value=confirm]) button").ClickAsync();
        await Expect(guest.Page.Locator("form:has([name=_handler][value=confirm])")).ToHaveCountAsync(0);

        await Read(guest, earlier: 1);
        await guest.Open("/mail?search=" + Guest);
        await guest.Page.Locator("form[action='/mail/to-come'] button").First.ClickAsync();
        await Read(guest, earlier: 2);
        await Expect(guest.Page.Locator("body")).ToContainTextAsync(room);
    }

    /// <summary>
    /// Opens the newest e-mail to the guest once more than so many have come: a job lays them there, a reader looks again and again.
    /// </summary>
    private static async Task Read(Visitor guest, int earlier)
    {
        var notifications = guest.Page.Locator("a[href^='/mail/']", new() { HasText = "newcomer's evening" });
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < notificationMax;)
        {
            await guest.Open("/mail?search=" + Guest);
            if (await notifications.CountAsync() > earlier)
            {
                await notifications.First.ClickAsync();
                return;
            }

            await guest.Page.WaitForTimeoutAsync(500);
        }

        Assert.Fail($"No e-mail came after {earlier} within {notificationMax}.");
    }

    private static string InTenDays()
    {
        var day = DigiHub.Time.SiteTime.Of("Europe/Berlin")
            .DateOf(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())).PlusDays(10);
        return day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T18:00";
    }
}
