using System.Net;
using DigiHub.Tests;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests.Security;

/// <summary>An https hub behind a proxy that the settings do not name.</summary>
public sealed class UnknownProxyTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?> { ["PublicUrl"] = "https://hub.example", ["Jobs:Workers"] = "0" },
        OwnProgram = true,
        Warnings = ["DigiHub.Web.Security.UnknownProxy"],
    };

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/sites")]
    [InlineData("/no-such-page")]
    public async Task Says_in_words_which_setting_is_missing(string path)
    {
        using var client = Behind();

        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Contains("DigiHub:Server:KnownProxies", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains(TestHub.Log, line => line.Level == LogLevel.Warning
            && line.ToString().Contains("KnownProxies", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_so_to_who_sends_a_form()
    {
        using var client = Behind();

        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("Password.Email", "ada@example.org")]), Stop);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Health_is_asked_without_the_proxy()
    {
        using var client = Behind();

        using var answer = await client.GetAsync("/health/ready", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private HttpClient Behind()
    {
        var client = TestHub.NewClient();
        client.DefaultRequestHeaders.Host = "hub.example";
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        return client;
    }

    public sealed class Named(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
    {
        protected override WebTestHubOptions Options => new()
        {
            Settings = new Dictionary<string, string?> { ["PublicUrl"] = "https://hub.example", ["Server:KnownProxies:0"] = "127.0.0.1" },
            OwnProgram = true,
            Warnings = ["DigiHub.Web.Security.UnknownProxy"],
        };

        [Fact]
        public async Task Serves_pages_with_forms_and_tells_a_silent_proxy_what_it_lacks()
        {
            using var client = TestHub.NewClient();
            client.DefaultRequestHeaders.Host = "hub.example";
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");

            using var silent = await client.GetAsync("/sign-in", Stop);
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            using var said = await client.GetAsync("/sign-in", Stop);

            Assert.Equal(HttpStatusCode.MisdirectedRequest, silent.StatusCode);
            Assert.Contains("X-Forwarded-Proto", await silent.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        }
    }
}
