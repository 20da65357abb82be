using System.Net;
using System.Text.Json;
using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Events;

/// <summary>What is on, and registering, as a browser without JavaScript does it.</summary>
public sealed class EventPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Shows_what_is_on_and_narrows_it_by_site_topic_and_day()
    {
        await TestHub.Publish();
        await TestHub.Publish(draft => draft with
        {
            Title = draft.Title with { German = "Funk für Maschinen" },
            Topic = "iot",
            SpaceId = Cast.Havel.Id,
            Start = new(2026, 12, 3, 18, 0),
        });
        using var reader = TestHub.NewReader();

        foreach (var (path, shown) in new[]
        {
            ("/events", "Kredit als Code|Funk für Maschinen"),
            ("/events?site=east", "Kredit als Code"), ("/events?topic=iot", "Funk für Maschinen"),
            ("/events?day=2026-12-03", "Funk für Maschinen"), ("/events?site=west&topic=fintech", ""),
            ("/events?site=nowhere&day=never", "Kredit als Code|Funk für Maschinen"),
        })
        {
            await reader.Open(path);
            Assert.Equal(shown, string.Join('|', reader.Page.QuerySelectorAll(".event-card h3").Select(title => title.TextContent.Trim())));
        }
    }

    [Fact]
    public async Task Says_in_words_how_many_seats_are_left()
    {
        var talk = await TestHub.Publish(draft => draft with { Capacity = 2 });
        using var reader = TestHub.NewReader();

        await reader.Open("/events");
        Assert.Contains("noch 2 Plätze", reader.Text, StringComparison.Ordinal);

        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        await reader.Open("/events");
        Assert.Contains("Ausgebucht: Warteliste", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registers_a_guest_by_name_and_address()
    {
        var talk = await TestHub.Publish();
        using var guest = TestHub.NewReader();

        await guest.Open($"/events/{talk.Slug}");
        await guest.Send("#f-name", ("name", "Gustav Gast"), ("email", "gast@guests.example"));

        Assert.Equal("Ihr Platz ist reserviert – bitte bestätigen", guest.Page.QuerySelector("h1")!.TextContent);
        Assert.Contains("längstens bis Dienstag, 24. November 2026, 09:00 Uhr", guest.Text, StringComparison.Ordinal);
        Assert.Contains("Wir senden eine E-Mail an gast@guests.example.", guest.Text, StringComparison.Ordinal);
        Assert.Contains("Wie es weitergeht", guest.Text, StringComparison.Ordinal);
        Assert.NotNull(guest.Page.QuerySelector($"main a[href='/events/{talk.Slug}.ics']"));
        Assert.Null(guest.Page.QuerySelector("#f-name"));
        var registration = await TestHub.Registration(talk, "gast@guests.example");
        Assert.Equal((RegistrationStatus.Confirmed, Language.German, "Gustav Gast"),
            (registration.Status, registration.Language, registration.Name));
    }

    [Fact]
    public async Task Tells_a_guest_their_place_on_the_waiting_list()
    {
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        using var guest = TestHub.NewReader();

        await guest.Open($"/events/{talk.Slug}");
        await guest.Send("#f-name", ("name", "Gustav Gast"), ("email", "gast@guests.example"));

        Assert.Equal("Sie sind auf der Warteliste – bitte bestätigen", guest.Page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Nummer 2 auf der Warteliste", guest.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?answer=made-up")]
    public async Task Leads_back_to_the_event_where_nothing_was_answered(string query)
    {
        var talk = await TestHub.Publish();
        using var guest = TestHub.NewReader();

        await guest.Open($"/events/{talk.Slug}/registered{query}");

        Assert.Equal($"/events/{talk.Slug}", guest.Address.AbsolutePath);
    }

    [Fact]
    public async Task Never_tells_whether_an_address_is_registered_already()
    {
        var talk = await TestHub.Publish();
        await TestHub.Register(talk, "Konrad");

        var answers = new List<string>();
        foreach (var email in new[] { "konrad@guests.example", "new@guests.example", "ADA@example.org" })
        {
            using var guest = TestHub.NewReader();
            await guest.Open($"/events/{talk.Slug}");
            await guest.Send("#f-name", ("name", "Somebody"), ("email", email));
            answers.Add(guest.Address.AbsolutePath + guest.Text.Replace(email, "", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("", "konrad@guests.example", "Geben Sie Ihren Namen ein.")]
    [InlineData("Konrad", "konrad", "An diese E-Mail-Adresse können wir nicht schreiben.")]
    public async Task Shows_what_was_wrong_beside_the_field_and_keeps_what_was_typed(string name, string email, string message)
    {
        var talk = await TestHub.Publish();
        using var guest = TestHub.NewReader();

        await guest.Open($"/events/{talk.Slug}");
        await guest.Send("#f-name", ("name", name), ("email", email));

        Assert.Contains(message, guest.Page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        Assert.Single(guest.Page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal((name, email), (guest.Page.QuerySelector("#f-name")!.GetAttribute("value") ?? "",
            guest.Page.QuerySelector("#f-email")!.GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task Registers_a_member_with_one_button_and_cancels_it_with_another()
    {
        var talk = await TestHub.Publish();
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open($"/events/{talk.Slug}");
        await ada.Send("form:has(input[value=register]) button");
        Assert.Contains("Sie sind angemeldet", ada.Text, StringComparison.Ordinal);
        await ada.Send(".toast button");

        Assert.Contains("Ihre Anmeldung ist storniert", ada.Text, StringComparison.Ordinal);
        Assert.Equal(RegistrationStatus.Cancelled, (await TestHub.Registration(talk, Cast.Ada.Email)).Status);
    }

    [Fact]
    public async Task Lets_a_member_take_a_cancelling_back_within_ten_seconds()
    {
        var talk = await TestHub.Publish();
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/events/{talk.Slug}");
        await ada.Send("form:has(input[value=register]) button");
        TestHub.Clock.AdvanceMinutes(5);
        await ada.Open($"/events/{talk.Slug}");
        Assert.Empty(ada.Page.QuerySelectorAll(".toast"));

        await ada.Send($"form[action$='/cancel'] button");
        TestHub.Clock.AdvanceSeconds(9);
        await ada.Send(".toast button");

        Assert.Equal(RegistrationStatus.Confirmed, (await TestHub.Registration(talk, Cast.Ada.Email)).Status);
    }

    [Fact]
    public async Task Says_that_it_is_the_waiting_list_before_anybody_registers()
    {
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Register(talk, "Konrad");
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open($"/events/{talk.Slug}");
        Assert.Contains("This event is full.", bob.Text, StringComparison.Ordinal);
        await bob.Send("form:has(input[value=register]) button");

        Assert.Contains("You’re number 1 on the waiting list", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_way_in_to_those_with_a_seat_only()
    {
        var talk = await TestHub.Publish(draft => draft with { Format = EventFormat.Hybrid, JoinLink = "https://meet.example/secret" });
        using var stranger = TestHub.NewReader();
        using var ada = await TestHub.SignIn(Cast.Ada);

        await stranger.Open($"/events/{talk.Slug}");
        Assert.DoesNotContain("secret", stranger.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await ada.Open($"/events/{talk.Slug}");
        await ada.Send("form:has(input[value=register]) button");

        Assert.Single(ada.Page.QuerySelectorAll("a[href='https://meet.example/secret']"));
    }

    [Fact]
    public async Task Stays_with_a_banner_when_it_is_cancelled()
    {
        var talk = await TestHub.Publish();
        await TestHub.Services.GetRequiredService<CancelEvent>().Run(
            new CancelEventRequest(talk.Id, Cast.Grace.Id, "Die Referentin ist krank."), Stop);
        using var reader = TestHub.NewReader();

        await reader.Open($"/events/{talk.Slug}");

        Assert.Equal(HttpStatusCode.OK, reader.Status);
        Assert.Contains("Diese Veranstaltung ist abgesagt Die Referentin ist krank.", reader.Text, StringComparison.Ordinal);
        Assert.Empty(reader.Page.QuerySelectorAll("#f-name"));
        Assert.Equal("https://schema.org/EventCancelled", JsonLd(reader).GetProperty("eventStatus").GetString());
    }

    [Fact]
    public async Task Marks_the_language_where_only_the_other_was_written()
    {
        var talk = await TestHub.Publish(draft =>
            draft with { Title = draft.Title with { German = null }, Text = draft.Text with { German = null } });
        using var reader = TestHub.NewReader();

        await reader.Open($"/events/{talk.Slug}");

        Assert.Equal("en", reader.Page.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Equal("en", reader.Page.QuerySelector(".prose")!.GetAttribute("lang"));
        Assert.Contains("nur auf Englisch", reader.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events/there-is-none")]
    [InlineData("/events/%00")]
    [InlineData("/events/..%2f..%2fetc")]
    public async Task Is_not_there_for_an_address_nobody_gave(string path)
    {
        using var reader = TestHub.NewReader();

        await reader.Open(path);

        Assert.True(reader.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, reader.Status.ToString());
    }

    [Fact]
    public async Task Shows_a_draft_to_its_organiser_only()
    {
        var draft = await TestHub.Write();
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var grace = await TestHub.SignIn(Cast.Grace);

        await ada.Open($"/events/{draft.Slug}");
        await grace.Open($"/events/{draft.Slug}");

        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        Assert.Contains("Entwurf: Nur Sie sehen diese Seite", grace.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'>")]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("<!--<img src=x onerror=alert(1)>-->")]
    [InlineData("{{constructor.constructor('alert(1)')()}}")]
    [InlineData("javascript:alert(1)")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("<style>body{display:none}</style>")]
    public async Task Shows_as_text_whatever_somebody_typed(string typed)
    {
        var talk = await TestHub.Publish(draft => draft with { Title = new(typed, typed), Text = new(typed, typed) });
        using var guest = TestHub.NewReader();

        await guest.Open($"/events/{talk.Slug}");
        CheckHarmless(guest);
        Assert.Contains(typed, guest.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, JsonLd(guest).GetProperty("name").GetString());

        await guest.Open("/events");
        CheckHarmless(guest);
        using var grace = await TestHub.SignIn(Cast.Grace);
        await TestHub.Services.GetRequiredService<Register>().Run(
            new RegisterRequest(talk.Id, GuestName: PersonName.TryParse(typed, out var name) ? name : PersonName.Of("Konrad"),
                GuestEmail: EmailAddress.Of("x@guests.example")), Stop);
        foreach (var path in new[] {
            $"/organise/{talk.Id}", "/organise", $"/organise/{talk.Id}/registrations", $"/organise/{talk.Id}/cancel" })
        {
            await grace.Open(path);
            Assert.Equal(HttpStatusCode.OK, grace.Status);
            CheckHarmless(grace);
        }
    }

    [Fact]
    public async Task Is_listed_for_search_engines_with_what_is_private_left_out()
    {
        var talk = await TestHub.Publish();
        using var client = TestHub.NewClient();

        var sitemap = await client.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), Stop);
        var robots = await client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative), Stop);

        Assert.Contains($"<loc>{TestHub.Url}events/{talk.Slug}</loc>", sitemap, StringComparison.Ordinal);
        Assert.Contains("Disallow: /tickets/", robots, StringComparison.Ordinal);
        Assert.Contains($"Sitemap: {TestHub.Url}sitemap.xml", robots, StringComparison.Ordinal);
    }

    private static void CheckHarmless(Reader reader)
    {
        Assert.All(reader.Page.QuerySelectorAll("script"), script =>
            Assert.True(script.HasAttribute("src") || script.GetAttribute("type") == "application/ld+json", script.OuterHtml));
        Assert.Empty(reader.Page.QuerySelectorAll("iframe, [onerror], [onload], [onmouseover], img, style, a[href^='javascript:']"));
    }

    private static JsonElement JsonLd(Reader reader) =>
        JsonDocument.Parse(reader.Page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;
}
