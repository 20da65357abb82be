using System.Globalization;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Opening;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Opening;

/// <summary>Whether a hub says "Sie" or "du" in German. Every page of one that says "du" is looked at in ButtonsTests.</summary>
public sealed class FormOfAddressTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Password = "vier kleine Kähne am Kanal";

    [Fact]
    public async Task A_hub_says_Sie_until_an_administrator_chooses_du_and_again_once_they_take_it_back()
    {
        using var stranger = TestHub.NewReader();
        await stranger.Open("/sign-in");
        Assert.Contains("Mit Ihrem Passwort", stranger.Text, StringComparison.Ordinal);

        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/settings/hub");
        Assert.Equal("Formal", alan.Page.QuerySelector("input[name=FormOfAddress][checked]")!.GetAttribute("value"));
        Assert.Equal(["Ihr Platz ist gebucht. Wir freuen uns auf Sie.", "Dein Platz ist gebucht. Wir freuen uns auf dich."],
            alan.Page.QuerySelectorAll(".setting-choices q[lang=de]").Select(example => example.TextContent));
        await alan.Send("form.card", ("FormOfAddress", "Familiar"));
        Assert.Contains("Vertraut: du", alan.Text, StringComparison.Ordinal);

        await stranger.Open("/sign-in");
        Assert.Contains("Mit deinem Passwort", stranger.Text, StringComparison.Ordinal);
        Assert.Empty(FormalWords.In(stranger.Page));

        await alan.Open("/admin/settings/hub");
        await alan.Send("form.card", ("FormOfAddress", "Formal"));
        await stranger.Open("/sign-in");
        Assert.Contains("Mit Ihrem Passwort", stranger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_the_two_choices_is_stored()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/settings/hub");

        await alan.Send("form.card", ("FormOfAddress", "Ihr"));

        Assert.Contains("Möglich sind Formal, Familiar.", alan.Text, StringComparison.Ordinal);
        Assert.Equal(FormOfAddress.Formal, TestHub.Services.GetRequiredService<SettingsNow>().Value.FormOfAddress);
    }

    [Fact]
    public async Task Set_up_asks_for_it_with_the_name_of_the_hub_and_says_du_from_the_next_step_on()
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db, typeof(StoredKey));
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        var code = (await TestHub.Services.GetRequiredService<MakeSetupCode>().Run(Stop))!;
        using var reader = TestHub.NewReader();
        await reader.Open("/");
        Assert.Contains("Ihr Name", reader.Text, StringComparison.Ordinal);
        await reader.Send("form:has([name=code])",
            ("code", code), ("name", "Alan"), ("email", "alan@example.org"), ("newPassword", Password));

        Assert.Equal("/admin/imprint", reader.Address.AbsolutePath);
        await reader.Send("form:has([name='Imprint.Operator'])", ("FormOfAddress", "Familiar"),
            ("Imprint.Operator", "Muster Hub gGmbH"), ("Imprint.Address", "Werft 12, 10245 Berlin"), ("Imprint.Email", "info@example.org"));

        Assert.Equal("/admin/sites/new", reader.Address.AbsolutePath);
        Assert.Contains("Lass einen Tag leer", reader.Text, StringComparison.Ordinal);
        Assert.Empty(FormalWords.In(reader.Page));
    }

    [Fact]
    public async Task The_cookie_and_the_headers_name_the_language_alone()
    {
        await BeFamiliar();
        using var reader = TestHub.NewReader();
        using var page = await reader.Client.GetAsync(new Uri("/sign-in", UriKind.Relative), Stop);
        await reader.Open("/sign-in");
        using var form = new FormUrlEncodedContent([new("language", "de"), new("returnUrl", "/sign-in"), Token(reader)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/language") { Content = form };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var chosen = await reader.Client.SendAsync(request, Stop);

        Assert.Equal(["de-DE"], page.Content.Headers.ContentLanguage);
        Assert.Contains("c%3Dde-DE%7Cuic%3Dde-DE", Assert.Single(chosen.Headers.GetValues("Set-Cookie"), cookie =>
            cookie.Contains("Culture", StringComparison.Ordinal)), StringComparison.Ordinal);
        await reader.Open("/sign-in");
        Assert.Contains("Mit deinem Passwort", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_stays_as_it_is()
    {
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open("/privacy");
        var before = reader.Text;

        await BeFamiliar();
        await reader.Open("/privacy");

        Assert.Equal(before, reader.Text);
    }

    [Fact]
    public async Task Programs_are_refused_in_the_form_of_the_hub()
    {
        await BeFamiliar();
        using var reader = TestHub.NewReader();

        using var answer = await reader.Client.GetAsync(new Uri("/api/v1/bookings", UriKind.Relative), Stop);

        var problem = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Melde dich an", problem, StringComparison.Ordinal);
        Assert.Empty(FormalWords.In(problem));
    }

    [Fact]
    public async Task No_e_mail_says_Sie()
    {
        await BeFamiliar();
        CultureInfo.CurrentUICulture = Language.German.Culture(FormOfAddress.Familiar); // in which acts keep their notes
        var samples = EmailSamples.In(await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop),
            TestHub.Services.GetServices<IEmailAuthor>(), Cast.Ada.Id, DigiHub.Tests.TestHub.Opening)!;
        await TestHub.Lay([.. samples.Rows]);
        CultureInfo.CurrentUICulture = Languages.English;

        List<string> findings = [];
        var addressing = 0;
        foreach (var sample in samples.All)
        {
            var emails = TestHub.Services.GetRequiredService<EmailMessages>();
            using var message = (await emails.Write(samples.Of(sample, Language.German), Stop))!;
            var said = string.Join('\n', message.BodyParts.OfType<TextPart>().Select(part => part.Text).Prepend(message.Subject));
            findings.AddRange(FormalWords.In(said).Select(found => $"{sample.Type}, {sample.Reading}: {found}"));
            addressing += said.Contains("Du erhältst diese E-Mail", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Empty(findings.Distinct());
        Assert.InRange(addressing, 20, samples.All.Count);
    }

    [Fact]
    public async Task The_test_e_mail_says_du_too()
    {
        await BeFamiliar();

        using var message = TestHub.Services.GetRequiredService<EmailMessages>().Trial(new MailboxAddress("", "ada@example.org"));

        Assert.Contains("erreichen dich.", message.TextBody, StringComparison.Ordinal);
    }

    private async Task BeFamiliar()
    {
        await TestHub.Services.GetRequiredService<ChangeSettings>()
            .Run(Cast.Alan.Id, new Dictionary<string, string> { ["FormOfAddress"] = "Familiar" }, Stop);
        TestHub.Clock.AdvanceSeconds(1); // past the moment in which the catalogue is not looked at again
        await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
    }

    private static KeyValuePair<string, string> Token(Reader reader) => new("__RequestVerificationToken",
        reader.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
