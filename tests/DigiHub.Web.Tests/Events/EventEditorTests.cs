using System.Net;
using DigiHub.Access;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Events;

/// <summary>Writing, publishing, changing and cancelling, as a browser without JavaScript does it.</summary>
public sealed class EventEditorTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Publish = "button[value=publish]";

    private string Spree => $"{Cast.Spree.Id}";

    [Fact]
    public async Task Publishes_with_a_title_a_start_and_a_room()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise/new");
        await grace.Send(Publish, ("titleGerman", "Kredit als Code"), ("start", "2026-11-26T18:00"), ("space", Spree));

        Assert.StartsWith("/events/", grace.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Veröffentlicht", grace.Text, StringComparison.Ordinal);
        var talk = await Only();
        Assert.Equal((EventStatus.Published, "Kredit als Code", new LocalDateTime(2026, 11, 26, 20, 0), 8),
            (talk.Status, talk.Title.German, talk.EndLocal, talk.Capacity));
    }

    [Theory]
    [InlineData("titleGerman", "", "#f-titlegerman")]
    [InlineData("start", "", "#f-start")]
    [InlineData("start", "2026-02-30T18:00", "#f-start")]
    [InlineData("start", "2027-03-28T02:30", "#f-start")]
    [InlineData("end", "2026-11-26T17:00", "#f-end")]
    [InlineData("capacity", "9", "#f-capacity")]
    [InlineData("capacity", "many", "#f-capacity")]
    [InlineData("space", "", "#f-space")]
    [InlineData("reminderAmount0", "99", "#f-reminderamount0")]
    public async Task Points_at_what_is_wrong_and_keeps_the_rest(string field, string typed, string id)
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["titleGerman"] = "Kredit als Code",
            ["start"] = "2026-11-26T18:00",
            ["space"] = Spree,
            ["textGerman"] = "Wir *zeigen* es.",
            [field] = typed,
        };

        await grace.Open("/organise/new");
        await grace.Send(Publish, [.. fields.Select(pair => (pair.Key, pair.Value))]);

        Assert.Equal("/organise", string.Join("", grace.Address.Segments[..2]).TrimEnd('/'));
        Assert.Contains($"href=\"{id}\"", grace.Page.QuerySelector("#errors")!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("true", grace.Page.QuerySelector(id)!.GetAttribute("aria-invalid"));
        Assert.Contains("Wir *zeigen* es.", grace.Page.QuerySelector("#f-textgerman")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offers_what_is_free_when_the_room_is_taken_and_takes_it_with_one_button()
    {
        await TestHub.Publish();
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise/new");
        await grace.Send(Publish, ("titleGerman", "Zweite"), ("start", "2026-11-26T18:00"), ("space", Spree));
        Assert.NotEmpty(grace.Page.QuerySelectorAll("button[name=take]"));
        Assert.Contains("belegt 17:45–20:00", grace.Page.QuerySelector("#f-space")!.TextContent, StringComparison.Ordinal);
        await grace.Send(".notice li:first-child button[name=take]");

        Assert.Contains("Veröffentlicht", grace.Text, StringComparison.Ordinal);
        Assert.Equal(2, await TestHub.Read(db => db.Events.CountAsync(Stop))); // the draft was corrected, not written twice
    }

    [Fact]
    public async Task Switches_the_language_with_what_was_typed_and_saves_nothing()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise/new");
        await grace.Send("button[name=language]", ("titleGerman", "Kredit als Code"), ("end", "whenever"));

        Assert.Equal("en", grace.Page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Kredit als Code", grace.Page.QuerySelector("#f-titlegerman")!.GetAttribute("value"));
        Assert.Equal("whenever", grace.Page.QuerySelector("#f-end")!.GetAttribute("value"));
        Assert.Null(grace.Page.QuerySelector("[aria-invalid=true]"));
        Assert.Equal(0, await TestHub.Read(db => db.Events.CountAsync(Stop)));
        await grace.Open("/organise");
        Assert.Equal("en", grace.Page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Shows_the_very_page_before_it_is_published()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise/new");
        await grace.Send("button[value=preview]", ("titleGerman", "Kredit als Code"),
            ("start", "2026-11-26T18:00"), ("space", Spree), ("textGerman", "# Ablauf"));
        Assert.Contains("Entwurf: Nur Sie sehen diese Seite", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Ablauf", grace.Page.QuerySelector(".prose h2")!.TextContent);
        await grace.Send("form:has(input[value=publish]) button");

        Assert.Equal(EventStatus.Published, (await Only()).Status);
    }

    [Fact]
    public async Task Asks_once_before_people_are_told()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open($"/organise/{talk.Id}");
        await grace.Send("button[value=change]", ("start", "2026-11-26T17:00"));
        Assert.Contains("1 Person wird benachrichtigt", grace.Text, StringComparison.Ordinal);
        Assert.Equal(talk.Revision, (await Only()).Revision);
        await grace.Send("button[value=tell]", ("note", "Wir fangen früher an."));

        var changed = await Only();
        Assert.Equal(new LocalDateTime(2026, 11, 26, 17, 0), changed.StartLocal);
        Assert.Contains("innerhalb von zehn Minuten", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saves_a_better_text_without_asking()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open($"/organise/{talk.Id}");
        await grace.Send("button[value=change]", ("textGerman", "Besser."));

        Assert.Equal("Besser.", (await Only()).Text.German);
        Assert.Contains("Es muss niemand benachrichtigt werden.", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_who_changed_what_while_the_form_was_open_and_keeps_what_was_typed()
    {
        var talk = await TestHub.Publish();
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await grace.Open($"/organise/{talk.Id}");
        await alan.Open($"/organise/{talk.Id}");

        TestHub.Clock.AdvanceSeconds(1);
        await alan.Send("button[value=change]", ("textGerman", "Erste"), ("titleEnglish", "Credit, as code"), ("capacity", "6"));
        await grace.Send("button[value=change]", ("textGerman", "Zweite"), ("titleGerman", "Kredit als Programm"));

        Assert.Contains("Alan hat diese Veranstaltung geändert", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Text auf Deutsch: jetzt „Erste“ (im Formular steht noch Ihre Eingabe)", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Titel auf Englisch: jetzt „Credit, as code“ (ins Formular übernommen)", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Titel auf Deutsch: jetzt", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Erste", (await Only()).Text.German);

        await grace.Send("button[value=change]");

        var saved = await Only();
        Assert.Equal(("Kredit als Programm", "Credit, as code", "Zweite", 6),
            (saved.Title.German, saved.Title.English, saved.Text.German, saved.Capacity));
    }

    [Fact]
    public async Task Names_everything_that_is_wrong_at_once_and_leads_to_each_field()
    {
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open("/organise/new");

        await grace.Send(Publish, ("titleGerman", ""), ("start", "2026-13-45T25:00"),
            ("format", "Hybrid"), ("capacity", "viele"), ("space", ""));

        var summary = grace.Page.QuerySelector("#errors")!;
        Assert.Equal(
            ["#f-titlegerman", "#f-start", "#f-capacity", "#f-space", "#f-joinlink"],
            summary.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!)
                .OrderBy(href => Array.IndexOf(["#f-titlegerman", "#f-start", "#f-capacity", "#f-space", "#f-joinlink"], href)));
        Assert.All(summary.QuerySelectorAll("a"), link => Assert.NotNull(grace.Page.QuerySelector(link.GetAttribute("href")!)));
        Assert.True(summary.HasAttribute("autofocus"));
        Assert.Equal("2026-13-45T25:00", grace.Page.QuerySelector("#f-start")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Refuses_a_move_into_the_past_before_it_asks_whom_to_tell()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open($"/organise/{talk.Id}");

        await grace.Send("button[value=change]", ("start", "2026-11-02T18:00"), ("end", "2026-11-02T20:00"));

        Assert.Empty(grace.Page.QuerySelectorAll("button[value=tell]"));
        Assert.Contains("würde in der Vergangenheit beginnen", grace.Page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_with_one_button_and_publishes_with_another()
    {
        var talk = await TestHub.Publish();
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise");
        await grace.Send($"form[action$='{talk.Id}/duplicate'] button");
        await grace.Send(Publish);

        Assert.Contains("Veröffentlicht", grace.Text, StringComparison.Ordinal);
        var starts = await TestHub.Read(db => db.Events.OrderBy(one => one.StartLocal).Select(one => one.StartLocal).ToListAsync(Stop));
        Assert.Equal([talk.StartLocal, talk.StartLocal.PlusWeeks(1)], starts);
    }

    [Fact]
    public async Task Cancels_after_saying_what_happens_and_takes_it_back_within_five_minutes()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open($"/organise/{talk.Id}/cancel");
        Assert.Contains("1 angemeldete Person erhält eine E-Mail.", grace.Text, StringComparison.Ordinal);
        Assert.Equal(EventStatus.Published, (await Only()).Status);
        await grace.Send("form:has(input[value=cancel]) button", ("note", "Die Referentin ist krank."));
        Assert.Equal((EventStatus.Cancelled, "Die Referentin ist krank."), ((await Only()).Status, (await Only()).CancelNote));
        TestHub.Clock.AdvanceMinutes(4);
        await grace.Open($"/organise/{talk.Id}");
        await grace.Send("form[action$='/reinstate'] button");

        Assert.Equal(EventStatus.Published, (await Only()).Status);
    }

    [Fact]
    public async Task Says_which_rooms_are_taken_while_somebody_types()
    {
        await TestHub.Publish();
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open("/organise/rooms?start=2026-11-26T19:00&end=&setUpMinutes=&tearDownMinutes=&space=");

        var options = grace.Page.QuerySelectorAll("option")
            .Select(option => (option.TextContent.Trim(), option.HasAttribute("disabled"))).ToList();
        Assert.Contains(("Spree · 8 Personen · belegt 17:45–20:00", true), options);
        Assert.Contains(("Spree + Panke · 60 Personen · belegt 17:45–20:00", true), options);
        Assert.Contains(("Panke · 12 Personen", false), options);
        Assert.Contains(("Havel · 8 Personen", false), options);
    }

    [Fact]
    public async Task Is_not_there_for_who_does_not_organise()
    {
        var talk = await TestHub.Publish();
        using var ada = await TestHub.SignIn(Cast.Ada);

        foreach (var path in new[] {
            "/organise", "/organise/new", $"/organise/{talk.Id}", $"/organise/{talk.Id}/cancel", "/organise/rooms" })
        {
            await ada.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        }
    }

    [Fact]
    public async Task Is_not_there_for_another_organiser()
    {
        var talk = await TestHub.Publish();
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Ada, Role.Organiser);
        using var ada = await TestHub.SignIn(Cast.Ada);

        foreach (var path in new[] {
            $"/organise/{talk.Id}", $"/organise/{talk.Id}/cancel",
            $"/organise/{talk.Id}/registrations", $"/organise/{talk.Id}/registrations.csv" })
        {
            await ada.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        }
    }

    private Task<Event> Only() => TestHub.Read(db => db.Events.AsNoTracking().SingleAsync(Stop));
}
