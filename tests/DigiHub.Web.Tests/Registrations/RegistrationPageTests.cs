using System.Net;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Tests.Events;

namespace DigiHub.Web.Tests.Registrations;

/// <summary>What the links in an e-mail open, without signing in.</summary>
public sealed class RegistrationPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Cancels_with_one_button_and_restores_with_another()
    {
        var talk = await TestHub.Publish();
        var registration = await TestHub.Register(talk, "Konrad");
        TestHub.Clock.AdvanceHours(1);
        using var konrad = TestHub.NewReader();

        await konrad.Open($"/registrations/{await TestHub.Token(TokenPurpose.ManageRegistration, registration)}");
        Assert.Contains("Angemeldet", konrad.Text, StringComparison.Ordinal);
        await konrad.Send("form:has(input[value=cancel]) button");
        Assert.Contains("Ihre Anmeldung ist storniert.", konrad.Text, StringComparison.Ordinal);
        Assert.Equal(RegistrationStatus.Cancelled, (await TestHub.Registration(talk, registration.Email)).Status);
        await konrad.Send("form:has(input[value=reinstate]) button");

        Assert.Equal(RegistrationStatus.Confirmed, (await TestHub.Registration(talk, registration.Email)).Status);
    }

    [Fact]
    public async Task Only_looks_when_a_mail_scanner_opens_the_link()
    {
        var talk = await TestHub.Publish();
        var registration = await TestHub.Register(talk, "Konrad");
        var token = await TestHub.Token(TokenPurpose.ManageRegistration, registration);
        using var scanner = TestHub.NewClient();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var answer =
                await scanner.SendAsync(new HttpRequestMessage(method, new Uri($"/registrations/{token}", UriKind.Relative)), Stop);
            Assert.True((int)answer.StatusCode < 500);
        }

        var after = await TestHub.Registration(talk, registration.Email);
        Assert.Equal((registration.Status, registration.Revision), (after.Status, after.Revision));
    }

    [Fact]
    public async Task Confirms_a_guests_seat_with_a_button_and_not_by_opening_the_link()
    {
        var talk = await TestHub.Publish();
        using var guest = TestHub.NewReader();
        await guest.Open($"/events/{talk.Slug}");
        await guest.Send("#f-name", ("name", "Gustav Gast"), ("email", "gast@guests.example"));
        var held = await TestHub.Registration(talk, "gast@guests.example");

        await guest.Open($"/registrations/{await TestHub.Token(TokenPurpose.ManageRegistration, held)}");
        Assert.Contains("Wir halten Ihren Platz bis Dienstag, 24. November 2026, 09:00 Uhr frei.", guest.Text, StringComparison.Ordinal);
        Assert.Null(guest.Page.QuerySelector("main a[href^='/tickets/']"));
        Assert.True((await TestHub.Registration(talk, "gast@guests.example")).IsHeld);
        await guest.Send("form:has(input[value=confirm]) button");

        Assert.Contains("Danke, Ihre Anmeldung ist bestätigt.", guest.Text, StringComparison.Ordinal);
        Assert.NotNull(guest.Page.QuerySelector("main a[href^='/tickets/']"));
        Assert.False((await TestHub.Registration(talk, "gast@guests.example")).IsHeld);
    }

    [Fact]
    public async Task Says_which_place_on_the_waiting_list()
    {
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Register(talk, "Konrad");
        await TestHub.Register(talk, "Wilhelmine");
        var third = await TestHub.Register(talk, "Hedwig");
        using var hedwig = TestHub.NewReader(Language.English);

        await hedwig.Open($"/registrations/{await TestHub.Token(TokenPurpose.ManageRegistration, third)}");

        Assert.Contains("Number 2 on the waiting list", hedwig.Text, StringComparison.Ordinal);
        Assert.Empty(hedwig.Page.QuerySelectorAll("a[href^='/tickets/']"));
    }

    [Theory]
    [InlineData("/registrations/", TokenPurpose.ManageRegistration)]
    [InlineData("/tickets/", TokenPurpose.Ticket)]
    public async Task Is_kept_by_no_cache_and_told_to_nobody(string path, TokenPurpose purpose)
    {
        var registration = await TestHub.Register(await TestHub.Publish(), "Konrad");
        using var client = TestHub.NewClient();

        using var answer = await client.GetAsync(new Uri(path + await TestHub.Token(purpose, registration), UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
    }

    [Fact]
    public async Task Opens_with_no_other_token_than_its_own()
    {
        var registration = await TestHub.Register(await TestHub.Publish(), "Konrad");
        var manage = await TestHub.Token(TokenPurpose.ManageRegistration, registration);
        var ticket = await TestHub.Token(TokenPurpose.Ticket, registration);
        using var client = TestHub.NewClient();

        foreach (var path in new[]
        {
            $"/registrations/{ticket}", $"/tickets/{manage}", $"/registrations/{manage[..^1]}", $"/registrations/{manage}A",
            $"/registrations/{Swapped(manage, 0)}", $"/registrations/{Swapped(manage, 30)}", $"/tickets/{Swapped(ticket, 10)}",
            $"/registrations/{registration.Id}", $"/tickets/{registration.Id:N}", "/tickets/0",
        })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Shows_a_ticket_with_its_code()
    {
        var registration = await TestHub.Register(await TestHub.Publish(), "Konrad");
        using var konrad = TestHub.NewReader();

        await konrad.Open($"/tickets/{await TestHub.Token(TokenPurpose.Ticket, registration)}");

        Assert.Single(konrad.Page.QuerySelectorAll("svg.qr[role=img] path"));
        Assert.Contains("Kredit als Code", konrad.Text, StringComparison.Ordinal);
        Assert.Contains("Konrad", konrad.Text, StringComparison.Ordinal);
        Assert.Contains("Donnerstag, 26. November 2026, 18:00 bis 20:00 Uhr", konrad.Text, StringComparison.Ordinal);
        Assert.Empty(konrad.Page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task Shows_no_code_for_a_place_on_the_waiting_list()
    {
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Register(talk, "Konrad");
        var waiting = await TestHub.Register(talk, "Hedwig");
        using var hedwig = TestHub.NewReader();

        await hedwig.Open($"/tickets/{await TestHub.Token(TokenPurpose.Ticket, waiting)}");

        Assert.Empty(hedwig.Page.QuerySelectorAll("svg.qr"));
        Assert.Contains("Sie stehen noch auf der Warteliste", hedwig.Text, StringComparison.Ordinal);
    }

    private static string Swapped(string token, int at) => token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
}
