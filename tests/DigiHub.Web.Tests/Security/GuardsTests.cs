using System.Net;
using DigiHub.Tests;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Security;

/// <summary>What holds for every address of the hub, checked for all of them, new ones included.</summary>
public sealed class GuardsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    /// <summary>Addresses that others than our own pages may send forms to, each with its reason.</summary>
    private static readonly string[] MeantForOthers =
    [
        "/unsubscribe/{token}", // one-click unsubscribing by mailbox providers, RFC 8058
    ];

    /// <summary>The framework adds these itself; the rule "for members, unless it says otherwise" covers them.</summary>
    private static readonly string[] FrameworksOwn = ["Fallback {**path:file}", "Blazor Opaque Redirection"];

    private IEnumerable<RouteEndpoint> Endpoints =>
        TestHub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_says_who_may_come_in()
    {
        var silent = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && !FrameworksOwn.Contains(endpoint.DisplayName))
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public void Only_listed_endpoints_take_forms_of_others()
    {
        var open = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false })
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

        Assert.Empty(open.Except(MeantForOthers, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_form_without_its_token_is_refused()
    {
        using var ada = await TestHub.SignIn(Cast.Alan); // may do everything, so that only the token is missing
        List<string> accepted = [];

        foreach (var (path, method) in UnsafeEndpoints())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            { Content = new FormUrlEncodedContent([new("a", "b")]) };
            using var answer = await ada.Client.SendAsync(request, Stop);
            if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.MethodNotAllowed))
                accepted.Add($"{method} {path}: {(int)answer.StatusCode}");
        }

        Assert.Empty(accepted);
    }

    [Fact]
    public async Task A_form_sent_from_another_site_is_refused_even_with_a_token()
    {
        using var reader = TestHub.NewReader();
        await reader.Open("/sign-in");
        var token = reader.Page.QuerySelector("form[action='/language'] input[name='__RequestVerificationToken']")!.GetAttribute("value")!;

        foreach (var (site, expected) in new[] { ("cross-site", HttpStatusCode.Forbidden), ("same-site",
            HttpStatusCode.Forbidden), ("same-origin", HttpStatusCode.Found), ("none", HttpStatusCode.Found) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/language")
            {
                Content = new FormUrlEncodedContent(
                    [new("__RequestVerificationToken", token), new("language", "en"), new("returnUrl", "/")]),
            };
            request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await reader.Client.SendAsync(request, Stop);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("user@evil.example")]
    public async Task A_foreign_host_is_refused(string host)
    {
        using var client = TestHub.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.TryAddWithoutValidation("Host", host);

        using var answer = await client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        if (!host.Contains('@', StringComparison.Ordinal)) // that is no host at all, and the server closes the connection by itself
            AssertProtected(answer);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/sites")]
    public async Task Too_long_an_address_or_too_many_headers_are_refused_in_words(string path)
    {
        using var client = TestHub.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Long", new string('x', 40_000));

        using var longHeaders = await client.SendAsync(request, Stop);
        using var longAddress = await client.GetAsync(new Uri($"{path}?x={new string('x', 9_000)}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, longHeaders.StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, longAddress.StatusCode);
        foreach (var answer in new[] { longHeaders, longAddress })
        {
            AssertProtected(answer);
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task What_a_stranger_claims_to_forward_counts_for_nothing()
    {
        using var client = TestHub.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_carries_the_headers_that_protect_it()
    {
        using var client = TestHub.NewClient();
        var paths = Endpoints.Where(endpoint => MethodsOf(endpoint).Contains("GET")).Select(PathOf)
            .Append("/no-such-page").Append("/css/tokens.css").Distinct(StringComparer.Ordinal);

        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

            Assert.True(answer.Headers.TryGetValues("Content-Security-Policy", out var policy), path);
            Assert.Contains("default-src 'none'", Assert.Single(policy), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.Contains("Referrer-Policy") && answer.Headers.Contains("Permissions-Policy"), path);
            Assert.False(answer.Headers.Contains("Server"), path);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                Assert.True(answer.Headers.CacheControl?.NoStore, path);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public void Our_own_pages_may_run_nothing_inline()
    {
        foreach (var path in new[] { "/", "/desks", "/admin", "/api/v1/sites", "/mail", "/account" })
        {
            var policy = SecurityHeaders.PolicyFor(path);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/v1/no-such-thing", HttpStatusCode.NotFound, "urn:digihub:not_found")]
    [InlineData("/api/no-such-thing", HttpStatusCode.NotFound, "urn:digihub:not_found")]
    public async Task The_api_says_what_is_wrong_as_a_problem(string path, HttpStatusCode status, string type)
    {
        using var client = TestHub.NewClient();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(type, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_with_words()
    {
        using var reader = TestHub.NewReader(Language.English);
        await reader.Open("/sign-in");

        await reader.Send("input[name='Link.Email']", ("Link.Email", new string('x', 70_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reader.Status);
        Assert.Contains("The data is too large", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_token_gets_a_page_with_words_in_the_readers_language()
    {
        using var client = TestHub.NewClient();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        using var answer =
            await client.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("_handler", "password")]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Das hat nicht geklappt", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static void AssertProtected(HttpResponseMessage answer)
    {
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.Contains("Referrer-Policy") && answer.Headers.Contains("Permissions-Policy"));
    }

    private IEnumerable<(string Path, string Method)> UnsafeEndpoints() =>
        from endpoint in Endpoints
        where endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false }
        from method in MethodsOf(endpoint)
        where method is "POST" or "PUT" or "PATCH" or "DELETE"
        select (PathOf(endpoint), method);

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    /// <summary>The pattern with something plausible in place of each parameter.</summary>
    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: var policies } =>
                policies.Any(policy => policy.Content == "guid") ? Guid.Empty.ToString() : "1",
            _ => "1",
        }))));
}
