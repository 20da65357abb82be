using System.Net;
using System.Text;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Registrations;

/// <summary>The attendee list and check-in, as a browser without JavaScript does it.</summary>
public sealed class AttendeeListPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private Event talk = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        talk = await TestHub.Publish(draft => draft with { Capacity = 2 });
    }

    [Fact]
    public async Task Welcomes_once_and_knows_whom_it_has_seen()
    {
        var ticket = await TestHub.Token(TokenPurpose.Ticket, await TestHub.Register(talk, "Konrad"));
        using var grace = await ByState();

        await grace.Send("#code", ("code", ticket));
        Assert.Contains("Willkommen Konrad", Verdict(grace), StringComparison.Ordinal);
        TestHub.Clock.AdvanceMinutes(3);
        await grace.Send("#code", ("code", $"{TestHub.Url}tickets/{ticket}"));

        Assert.Contains("Schon eingecheckt Konrad wurde um 09:00 Uhr eingecheckt.", Verdict(grace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_away_who_waits_who_cancelled_and_what_is_no_ticket()
    {
        var konrad = await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        var waiting = await TestHub.Register(talk, "Hedwig");
        var waitingTicket = await TestHub.Token(TokenPurpose.Ticket, waiting);
        using var grace = await ByState();

        foreach (var (code, answer) in new[]
        {
            (waitingTicket, "Hedwig steht auf der Warteliste"),
            (await TestHub.Token(TokenPurpose.ManageRegistration, konrad), "Nicht gültig"),
            ("<script>alert(1)</script>", "Nicht gültig"),
            (new string('A', 400), "Nicht gültig"),
        })
        {
            await grace.Send("#code", ("code", code));
            Assert.Equal(HttpStatusCode.OK, grace.Status);
            Assert.Contains(answer, Verdict(grace), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Turns_away_a_ticket_of_another_event()
    {
        var other = await TestHub.Publish(draft =>
            draft with { Title = draft.Title with { German = "Funk für Maschinen" }, SpaceId = Cast.Havel.Id });
        var ticket = await TestHub.Token(TokenPurpose.Ticket, await TestHub.Register(other, "Konrad"));
        using var grace = await ByState();

        await grace.Send("#code", ("code", ticket));

        Assert.Contains("„Funk für Maschinen“", Verdict(grace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_people_by_three_emails_and_checks_them_in_and_out()
    {
        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        using var grace = await ByState();

        await grace.Send("#q", ("q", "kon"));
        Assert.Equal(["Konrad"], Names(grace));
        await grace.Send(".attendees form[action$='/in'] button");
        Assert.Contains("Eingecheckt um 09:00 Uhr", grace.Text, StringComparison.Ordinal);
        Assert.Equal(["Konrad"], Names(grace));
        await grace.Send(".attendees form[action$='/out'] button");

        Assert.Null((await TestHub.Registration(talk, "konrad@guests.example")).CheckedInAt);
    }

    [Fact]
    public async Task Counts_and_shows_the_waiting_list_in_order()
    {
        foreach (var name in new[] { "Konrad", "Wilhelmine", "Hedwig", "Otto" })
            await TestHub.Register(talk, name);
        using var grace = await ByState();

        await grace.Open($"/organise/{talk.Id}/registrations?show=waiting");

        Assert.Equal(["Hedwig", "Otto"], Names(grace));
        Assert.Equal(["2", "0", "2", "0"], grace.Page.QuerySelectorAll(".stat dd:not(.hint)").Select(figure => figure.TextContent));
    }

    [Fact]
    public async Task Hands_the_list_out_as_a_table_that_no_spreadsheet_computes()
    {
        await TestHub.Services.GetRequiredService<Register>().Run(new RegisterRequest(talk.Id,
            GuestName: PersonName.Of("=CMD(\"calc\")"), GuestEmail: EmailAddress.Of("konrad@guests.example")), Stop);
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        var (answer, file) = await grace.Download($"/organise/{talk.Id}/registrations.csv");

        Assert.Equal("text/csv", answer.ContentType!.MediaType);
        Assert.Equal($"{talk.Slug}.csv", answer.ContentDisposition!.FileNameStar ?? answer.ContentDisposition.FileName);
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        var lines = Encoding.UTF8.GetString(file[3..]).Split("\r\n");
        Assert.Equal("Nummer;Name;E-Mail;Status;Art;Sprache;Angemeldet;Eingecheckt", lines[0]);
        Assert.Equal("1;\"'=CMD(\"\"calc\"\")\";konrad@guests.example;angemeldet;Gast;de;2026-11-23 09:00;", lines[1]);
    }

    [Fact]
    public async Task Is_for_the_organiser_and_the_front_desk_and_nobody_else()
    {
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        using var ada = await TestHub.SignIn(Cast.Ada);

        foreach (var path in new[] { $"/organise/{talk.Id}/registrations", $"/organise/{talk.Id}/registrations.csv" })
        {
            await frieda.Open(path);
            await ada.Open(path);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (frieda.Status, ada.Status));
        }
    }

    [Fact]
    public async Task Says_in_words_what_a_wrong_code_is_and_what_to_do()
    {
        using var grace = await ByState();

        await grace.Send("#code", ("code", "https://shop.example/coupon/4711"));

        Assert.Contains("Ticket nicht gefunden", Verdict(grace), StringComparison.Ordinal);
        Assert.Contains("suchen Sie unten nach dem Namen", Verdict(grace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_nobody_in_days_ahead_and_says_on_which_day_it_will()
    {
        var konrad = await TestHub.Register(talk, "Konrad");
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open($"/organise/{talk.Id}/registrations");

        await grace.Send("#code", ("code", await TestHub.Token(TokenPurpose.Ticket, konrad)));
        Assert.Contains("Noch zu früh", Verdict(grace), StringComparison.Ordinal);
        Assert.Contains("am Donnerstag, dem 26. November 2026", Verdict(grace), StringComparison.Ordinal);
        await grace.Send(".attendees form[action$='/in'] button");

        Assert.Contains("Der Check-in öffnet an diesem Tag.", grace.Text, StringComparison.Ordinal);
        Assert.Null((await TestHub.Registration(talk, "konrad@guests.example")).CheckedInAt);
    }

    [Fact]
    public async Task Lists_people_by_name_and_on_request_in_the_order_they_came()
    {
        talk = await TestHub.Publish(draft => draft with { SpaceId = Cast.Havel.Id, Capacity = 8 });
        foreach (var name in new[] { "Zora", "Ärmelin", "bela", "Anton" })
            await TestHub.Register(talk, name);
        using var grace = await ByState();

        Assert.Equal(["Anton", "Ärmelin", "bela", "Zora"], Names(grace));
        await grace.Open(grace.Page.QuerySelectorAll("a").Single(link => link.TextContent == "nach Anmeldung").GetAttribute("href")!);

        Assert.Equal(["Zora", "Ärmelin", "bela", "Anton"], Names(grace));
    }

    private async Task<Reader> ByState()
    {
        TestHub.Clock.Reset(TestHub.Clock.GetCurrentInstant() + Duration.FromDays(3)); // the day of the event, at nine
        var grace = await TestHub.SignIn(Cast.Grace, Language.German);
        await grace.Open($"/organise/{talk.Id}/registrations");
        return grace;
    }

    private static string Verdict(Reader grace) =>
        string.Join(' ', grace.Page.QuerySelector(".verdict")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Names(Reader grace) =>
        grace.Page.QuerySelectorAll(".attendees strong").Select(name => name.TextContent);
}
