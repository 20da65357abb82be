using System.Net;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Events;

public sealed class ReminderTemplatesPageTests(SqliteDatabase database, Browser browser)
    : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private ReminderTemplates Templates => TestHub.Services.GetRequiredService<ReminderTemplates>();

    [Fact]
    public async Task Keeps_changes_and_deletes_a_template()
    {
        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open("/organise/reminders");

        await grace.Send("form[aria-labelledby=keep]", ("name", "Workshops"),
            ("reminderAmount0", "14"), ("reminderUnit0", "days"), ("reminderAt0", "18:30"));
        Assert.Contains("Vorlage gespeichert", grace.Text, StringComparison.Ordinal);
        var kept = Assert.Single(await Templates.All(Stop));
        Assert.Equal(("Workshops", ReminderTime.Days(14, new(18, 30))), (kept.Name, kept.Times.Single()));

        await grace.Open($"/organise/reminders?edit={kept.Id}");
        await grace.Send("form[aria-labelledby=keep]", ("name", "Werkstatt"), ("reminderAmount1", "3"), ("reminderUnit1", "hours"));
        Assert.Equal(("Werkstatt", 2),
            (Assert.Single(await Templates.All(Stop)).Name, Assert.Single(await Templates.All(Stop)).Times.Count));

        await grace.Open("/organise/reminders");
        await grace.Send("form:has(input[name=id]):not([aria-labelledby])");
        Assert.Empty(await Templates.All(Stop));
    }

    [Theory]
    [InlineData("name", "", "#f-name")]
    [InlineData("reminderAmount0", "99", "#f-reminderamount0")]
    public async Task Points_at_what_is_wrong(string field, string typed, string id)
    {
        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open("/organise/reminders");

        await grace.Send("form[aria-labelledby=keep]", new[] { ("name", "Workshops"), ("reminderAmount0", "2") }
            .Where(pair => pair.Item1 != field).Append((field, typed)).ToArray());

        Assert.Equal("true", grace.Page.QuerySelector(id)!.GetAttribute("aria-invalid"));
        Assert.Empty(await Templates.All(Stop));
    }

    [Fact]
    public async Task The_event_editor_takes_the_reminders_of_a_template_and_keeps_what_was_typed()
    {
        var kept = (await Templates.Keep(
            new KeepTemplateRequest(null, "Workshops", [ReminderTime.Days(14, new(18, 30))], false, Cast.Grace.Id), Stop)).Value;
        using var grace = await TestHub.SignIn(Cast.Grace);

        await grace.Open("/organise/new");
        await grace.Send("button[value=template]", ("titleGerman", "Kredit als Code"), ("template", $"{kept.Id}"));

        Assert.Equal("14", grace.Page.QuerySelector("#f-reminderamount0")!.GetAttribute("value"));
        Assert.NotNull(grace.Page.QuerySelector("details[open] #f-reminderamount0"));
        Assert.Equal("", grace.Page.QuerySelector("#f-reminderamount1")!.GetAttribute("value"));
        Assert.Equal("Kredit als Code", grace.Page.QuerySelector("#f-titlegerman")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Is_for_organisers()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open("/organise/reminders");

        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Theory]
    [InlineData(320, Language.German, ColorScheme.Dark)]
    [InlineData(1280, Language.English, ColorScheme.Light)]
    public async Task Is_in_order(int width, Language language, ColorScheme scheme)
    {
        await Templates.Keep(
            new KeepTemplateRequest(null, "Workshops und Werkstattgespräche", ReminderTime.Usual, true, Cast.Alan.Id), Stop);
        await using (var db = TestHub.OpenDb())
            await db.Set<DigiHub.Members.Member>().ExecuteUpdateAsync(row => row.SetProperty(member => member.Language, language), Stop);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = width, Language = language, Scheme = scheme });
        await TestHub.SignIn(visitor, Cast.Alan);

        await visitor.Open("/organise/reminders");

        await visitor.CheckPage();
        if (Environment.GetEnvironmentVariable("DIGIHUB_PICTURES") is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"reminder-templates-{width}.png"), FullPage = true });
    }
}
