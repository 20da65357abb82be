using System.Net;
using DigiHub.Keys;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Security;

public sealed class LimitsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    protected override WebTestHubOptions Options => new()
    {
        Limits = true,
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Limits:WrongLinksPerMinute"] = "3",
            ["Limits:ApiCallsPerMinute"] = "4",
        },
    };

    [Theory]
    [InlineData("de", "Zu viele Versuche")]
    [InlineData("en", "Too many attempts")]
    public async Task Slows_trials_of_many_links_and_says_when_to_come_back(string language, string says)
    {
        using var client = TestHub.NewClient();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await Ask(client, $"/sign-in/link/guess{attempt}"));

        using var answer = await client.GetAsync(new Uri("/sign-in/link/guess", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tickets/guess")]
    [InlineData("/registrations/guess")]
    [InlineData("/feeds/hub_cal_guess.ics")]
    [InlineData("/addresses/guess")]
    [InlineData("/account/address/guess")]
    [InlineData("/declines/guess")]
    [InlineData("/preferences/guess")]
    public async Task Slows_guessing_of_every_secret_address(string path)
    {
        using var client = TestHub.NewClient();
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Equal(HttpStatusCode.NotFound, await Ask(client, path));

        Assert.Equal(HttpStatusCode.TooManyRequests, await Ask(client, path));
    }

    [Fact]
    public async Task Opens_what_is_right_for_everybody_behind_an_address_from_which_others_guess()
    {
        using var client = TestHub.NewClient();
        for (var attempt = 0; attempt < 5; attempt++)
            await Ask(client, $"/tickets/guess{attempt}");
        var signers = await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop);
        var link = signers.Close(TokenPurpose.SignIn, Guid.NewGuid());

        for (var look = 0; look < 10; look++)
        {
            Assert.Equal(HttpStatusCode.OK, await Ask(client, "/feeds/east.ics"));
            Assert.Equal(HttpStatusCode.OK, await Ask(client, $"/sign-in/link/{link}"));
        }
    }

    [Fact]
    public async Task Never_limits_unsubscribing_by_network()
    {
        using var provider = TestHub.NewClient();
        for (var press = 0; press < 10; press++)
        {
            using var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
            using var answer = await provider.PostAsync(new Uri($"/unsubscribe/guess{press}", UriKind.Relative), oneClick, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, await Ask(provider, $"/unsubscribe/guess{press}"));
        }
    }

    [Fact]
    public async Task Does_not_slow_members_who_scan_tickets()
    {
        using var frieda = await TestHub.SignIn(Cast.Frieda);

        for (var ticket = 0; ticket < 10; ticket++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await Ask(frieda.Client, $"/sign-in/link/t{ticket}"));
    }

    [Fact]
    public async Task Counts_api_calls_by_token_and_answers_with_a_problem()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        for (var call = 0; call < 4; call++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await Ask(ada, "/api/v1/sites"));

        using var answer = await ada.GetAsync(new Uri("/api/v1/sites", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await Ask(bob, "/api/v1/sites"));
    }

    private static async Task<HttpStatusCode> Ask(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return answer.StatusCode;
    }
}
