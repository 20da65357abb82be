using System.IO.Compression;
using System.Net;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Privacy;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Privacy;

/// <summary>What members do with their own data on the pages: take it along, have the account deleted, come back.</summary>
public sealed class OwnPrivacyPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task The_account_leads_to_an_export_that_is_a_file_at_once()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");
        Assert.NotNull(ada.Page.QuerySelector("a[href='/account/privacy']"));
        await ada.Open("/account/privacy");

        using var answer = await ada.Client.PostAsync(
            new Uri("/account/privacy/export", UriKind.Relative), new FormUrlEncodedContent(Hidden(ada)), Stop);

        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        await using var content = await answer.Content.ReadAsStreamAsync(Stop);
        using var zip = new ZipArchive(content);
        Assert.Contains("members.json", zip.Entries.Select(entry => entry.FullName));
        Assert.Contains("readme.txt", zip.Entries.Select(entry => entry.FullName));
        using var members = new StreamReader(await zip.GetEntry("members.json")!.OpenAsync(Stop));
        Assert.Contains("ada@example.org", await members.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_than_ten_minutes_after_signing_in_the_password_is_asked_for_first()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        TestHub.Clock.AdvanceMinutes(11);
        await ada.Open("/account/privacy");

        await ada.Send("form[action='/account/privacy/export']", ("currentPassword", "falsch"));
        Assert.Contains("nicht Ihr aktuelles Passwort", ada.Text, StringComparison.Ordinal);

        await ada.Open("/account/delete");
        await ada.Send("form:has(input[value=delete])", ("currentPassword", "falsch"));
        Assert.Contains("nicht Ihr aktuelles Passwort", ada.Text, StringComparison.Ordinal);
        Assert.False(await TestHub.Read(db => db.Erasures.AnyAsync(Stop)));

        await ada.Send("form:has(input[value=delete])", ("currentPassword", WebTestHub.Password));
        Assert.Equal("/account/deleted", ada.Address.AbsolutePath);
    }

    [Fact]
    public async Task Who_deletes_their_account_is_signed_out_and_comes_back_by_the_link()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account/delete");
        await ada.Send("form:has(input[value=delete])");
        Assert.Contains("In sieben Tagen", ada.Text, StringComparison.Ordinal);
        await ada.Open("/account");
        Assert.Equal("/sign-in", ada.Address.AbsolutePath);

        var erasure = await TestHub.Read(db => db.Erasures.SingleAsync(Stop));
        var token = (await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(TokenPurpose.KeepAccount, erasure.Id);
        await ada.Open($"/account/keep/{token}");
        Assert.NotNull((await TestHub.Read(db => db.Members.SingleAsync(one => one.Id == Cast.Ada.Id, Stop))).DisabledAt);
        await ada.Send("form:has(input[value=keep])");

        Assert.Contains("Ihr Konto bleibt bestehen", ada.Text, StringComparison.Ordinal);
        using var again = await TestHub.SignIn(Cast.Ada);
        await again.Open("/account");
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Fact]
    public async Task The_last_administrator_reads_why_not_and_finds_no_button()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/account/delete");

        Assert.Contains("letzte Person mit Verwaltungsrechten", alan.Text, StringComparison.Ordinal);
        Assert.Null(alan.Page.QuerySelector("button.danger"));
    }

    [Fact]
    public async Task An_administrator_closes_and_erases_on_request_and_the_list_of_people_has_no_nobody()
    {
        await TestHub.Services.GetRequiredService<AskErasure>().Run(Cast.Bob.Id, Cast.Alan.Id, Stop);
        TestHub.Clock.AdvanceDays(7);
        await TestHub.Services.GetRequiredService<ErasePerson>().RunDue(Stop);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/people");

        Assert.DoesNotContain("bob@example.org", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("deleted.invalid", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/people/{Nobody.Id}");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    [Fact]
    public async Task The_privacy_page_says_how_long_what_is_kept()
    {
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open("/privacy");

        Assert.Contains("365 days", reader.Text, StringComparison.Ordinal);
        Assert.Contains("180 days", reader.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Hidden(Reader reader) =>
        reader.Page.QuerySelectorAll("form[action='/account/privacy/export'] input[type=hidden]")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!, StringComparer.Ordinal);
}
