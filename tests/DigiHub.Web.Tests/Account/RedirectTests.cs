using DigiHub.Demo;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Account;

/// <summary>Whatever the return address, every redirect stays on the hub.</summary>
public sealed class RedirectTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string[] Foreign =
    [
        "https://evil.example", "http://evil.example", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
        "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "https:evil.example", "https:/evil.example", "https:\\evil.example",
        "http:\\\\evil.example", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "/%09/evil.example",
        "/%2f%2fevil.example", "%2f%2fevil.example", "/%5cevil.example",
        "//evil.example/%2f..", "//evil.example\\@127.0.0.1", "//127.0.0.1@evil.example",
        "https://127.0.0.1@evil.example", "https://evil.example#@127.0.0.1",
        "https://evil.example?127.0.0.1", "//evil%E3%80%82example", "//evil。example",
        "〱evil.example", "/\u0000/evil.example", "/\u2028/evil.example", "//[::1]",
        "//0x7f000001", "//evil.example:80", "///\\evil.example", "/.evil.example",
        "evil.example", "@evil.example", ".evil.example", ":80", "?next=//evil.example",
        "#//evil.example", "", "/" + "x/../..//evil.example", "/;@evil.example",
        "/\r\nLocation: https://evil.example", "/\r\nSet-Cookie: a=b",
    ];

    [Fact]
    public async Task Of_the_language_and_theme_forms()
    {
        using var reader = TestHub.NewReader();
        foreach (var (path, field, value) in new[] { ("/language", "language", "en"), ("/theme", "theme", "dark") })
        {
            foreach (var target in Foreign)
            {
                await reader.Open("/sign-in");
                var token = reader.Page
                    .QuerySelector("form[action='/language'] input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
                using var form =
                    new FormUrlEncodedContent([new("__RequestVerificationToken", token), new(field, value), new("returnUrl", target)]);
                using var answer = await reader.Client.PostAsync(new Uri(path, UriKind.Relative), form, Stop);
                AssertStays(answer, target);
            }
        }
    }

    [Fact]
    public async Task Of_signing_in()
    {
        await TestHub.GivePassword(Cast.Ada);
        foreach (var target in Foreign)
        {
            using var reader = TestHub.NewReader();
            var page = "/sign-in?returnUrl=" + Uri.EscapeDataString(target);
            await reader.Open(page);
            var token = reader.Page.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
            using var form = new FormUrlEncodedContent(
                [new("_handler", "password"), new("__RequestVerificationToken", token), new("Password.Email", Cast.Ada.Email), new(
                    "Password.Secret", WebTestHub.Password)]);
            using var answer = await reader.Client.PostAsync(new Uri(page, UriKind.Relative), form, Stop);
            AssertStays(answer, target);
        }
    }

    [Theory]
    [InlineData("/my-bookings")]
    [InlineData("/desks?site=east&day=2026-11-24")]
    public async Task Leads_back_to_where_the_sign_in_was_asked_for(string target)
    {
        await TestHub.GivePassword(Cast.Ada);
        using var reader = TestHub.NewReader();
        await reader.Open("/sign-in?returnUrl=" + Uri.EscapeDataString(target));

        await reader.Send("input[name='Password.Email']", ("Password.Email", Cast.Ada.Email), ("Password.Secret", WebTestHub.Password));

        Assert.Equal(target, reader.Address.PathAndQuery);
    }

    private void AssertStays(HttpResponseMessage answer, string target)
    {
        Assert.True((int)answer.StatusCode < 500, target);
        Assert.False(answer.Headers.Contains("Set-Cookie")
            && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("a=", StringComparison.Ordinal)), target);
        if (answer.Headers.Location is { } location)
            Assert.Equal(TestHub.Url.Authority, new Uri(TestHub.Url, location).Authority);
    }
}
