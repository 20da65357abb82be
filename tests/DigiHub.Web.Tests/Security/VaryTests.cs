using System.Text.RegularExpressions;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Web.Security;
using DigiHub.Web.Tests.Mail;
using DigiHub.Web.Tests.Notifications;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Security;

/// <summary>
/// Cacheable responses say by what they vary. Every endpoint is requested in both languages: one that answers
/// differently must say Vary, and one that says it is the same for everybody must be.
/// </summary>
public sealed partial class VaryTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int StaticFilesAsked = 5; // of hundreds that are served alike

    [Fact]
    public async Task Nothing_that_depends_on_its_reader_is_handed_to_another_by_a_cache()
    {
        await TestHub.Lay(DueEmails.NewEvent(Cast, DigiHub.Tests.TestHub.Opening, DigiHub.Tests.TestHub.Opening + Duration.FromDays(3)));
        var endpoints = TestHub.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(IsGet).ToList();
        var files = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).ToList();
        var asked = endpoints.Except(files).Concat(files.Take(StaticFilesAsked)).ToList();
        Assert.True(asked.Count > 60, $"Only {asked.Count} endpoints were found.");

        var wrong = new List<string>();
        foreach (var endpoint in asked)
        {
            var path = PathOf(endpoint);
            var (german, english) = (await Ask(path, "de"), await Ask(path, "en"));
            if (german.IsPrivate && english.IsPrivate)
                continue;
            var isSame = SameForEverybody.Is(endpoint);
            if (isSame && (german.Body != english.Body))
                wrong.Add($"{path} is not the same for everybody");
            if (!isSame && !(german.Varies && english.Varies))
                wrong.Add($"{path} does not say by what it differs");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_download_of_an_event_says_that_it_has_two_languages()
    {
        await TestHub.Lay(DueEmails.NewEvent(Cast, DigiHub.Tests.TestHub.Opening, DigiHub.Tests.TestHub.Opening + Duration.FromDays(3)));

        var (german, english) = (await Ask("/events/iot-security-clinic.ics", "de"), await Ask("/events/iot-security-clinic.ics", "en"));

        Assert.NotEqual(german.Body, english.Body);
        Assert.True(german is { IsPrivate: false, Varies: true });
        Assert.True(english is { IsPrivate: false, Varies: true });
    }

    private static bool IsGet(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods } || methods.Contains("GET");

    /// <summary>With something in place of every parameter; what is not there answers, too.</summary>
    private static string PathOf(RouteEndpoint endpoint) => "/"
        + Parameter().Replace(endpoint.RoutePattern.RawText!.Trim('/'), match => match.Groups["name"].Value switch
        {
            "slug" => "iot-security-clinic",
            "name" => "east",
            "id" when match.Value.Contains(":int", StringComparison.Ordinal) => "1",
            "id" => "0198b1a0-0000-7000-8000-00000000e000",
            "documentName" => "v1",
            "language" => "de",
            _ => "x",
        });

    private async Task<Answer> Ask(string path, string language)
    {
        using var client = TestHub.NewClient();
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return new Answer(
            answer.Headers.CacheControl is { NoStore: true },
            answer.Headers.Vary.Contains("Cookie") && answer.Headers.Vary.Contains("Accept-Language"),
            await answer.Content.ReadAsStringAsync(Stop));
    }

    private sealed record Answer(bool IsPrivate, bool Varies, string Body);

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
