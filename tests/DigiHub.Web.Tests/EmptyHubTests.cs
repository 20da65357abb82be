using System.Net;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests;

/// <summary>A hub that has just been set up: no site, no space, no event, nobody but a first member of each role.</summary>
public sealed class EmptyHubTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("stranger", null)]
    [InlineData("member", null)]
    [InlineData("member", Role.Organiser)]
    [InlineData("member", Role.FrontDesk)]
    [InlineData("member", Role.Auditor)]
    [InlineData("member", Role.Administrator)]
    public async Task Every_page_and_endpoint_answers_before_the_first_site_is_there(string who, Role? role)
    {
        await MoveOut();
        using var reader = who == "member"
            ? await TestHub.SignIn(await Somebody(role), Language.English)
            : TestHub.NewReader(Language.English);
        List<string> broken = [];
        foreach (var path in Paths())
        {
            using var answer = await reader.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            if ((int)answer.StatusCode >= 500)
                broken.Add($"{path}: {(int)answer.StatusCode}");
        }

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("/", null)]
    [InlineData("/desks", null)]
    [InlineData("/rooms", null)]
    [InlineData("/find", null)]
    [InlineData("/front-desk", Role.FrontDesk)]
    [InlineData("/admin", Role.Administrator)]
    public async Task What_needs_a_site_says_that_there_is_none_and_what_to_do(string path, Role? role)
    {
        await MoveOut();
        using var reader = await TestHub.SignIn(await Somebody(role), Language.English);

        await reader.Open(path);

        Assert.Equal(HttpStatusCode.OK, reader.Status);
        Assert.Contains("No site has been set up yet", reader.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("save")]
    [InlineData("publish")]
    public async Task An_online_event_is_refused_in_words_and_what_was_typed_stays(string act)
    {
        await MoveOut();
        using var grace = await TestHub.SignIn(await Somebody(Role.Organiser), Language.English);
        await grace.Open("/organise/new");

        await grace.Send($"button[value='{act}']",
            ("titleEnglish", "Soldering"), ("format", "Online"), ("joinLink", "https://meet.example.org/1"), ("start", "2026-12-08T18:00"));

        Assert.Contains("No site has been set up yet", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Soldering", grace.Page.QuerySelector("[name='titleEnglish']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Public_pages_open_before_the_first_site_is_there()
    {
        await MoveOut();
        using var stranger = TestHub.NewClient();
        foreach (var path in new[] { "/", "/events", "/sign-in", "/sitemap.xml", "/health/ready" })
        {
            using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative), Stop);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>All that can be got, with values in the place of parameters that lead nowhere.</summary>
    private List<string> Paths() =>
    [
        .. TestHub.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: var methods }
                || methods.Contains(HttpMethods.Get, StringComparer.Ordinal))
            .Where(endpoint => endpoint.RoutePattern.PathSegments.Count > 0
                && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => "/"
                + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(PartOf)))))
            .Where(path => !path.Contains("jobs", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static string PartOf(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => ValueOf(parameter),
        _ => "",
    };

    private static string ValueOf(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Select(policy => policy.Content).FirstOrDefault() switch
        {
            "guid" => "0198b1a0-0000-7000-8000-000000000001",
            "int" or "long" => "1",
            _ => "nothing",
        };

    private async Task MoveOut()
    {
        await using var db = TestHub.OpenDb();
        await TestDatabase.Empty(db);
        TestHub.Clock.AdvanceSeconds(1); // written without a UnitOfWork: the next check of the stamp sees it
        await Add("Alan", Role.Administrator); // until there is one, every page leads to set-up
    }

    private Task<Member> Somebody(Role? role) => Add("Ada", role);

    private async Task<Member> Add(string name, Role? role)
    {
        var first = new Member
        {
            Id = Guid.CreateVersion7(),
            Name = PersonName.Of(name),
            Email = EmailAddress.Of($"{name}@example.org"),
            Language = Language.English,
            SecurityStamp = "-",
            CreatedAt = TestHub.Clock.GetCurrentInstant(),
        };
        await TestHub.Lay(first);
        await using var db = TestHub.OpenDb();
        await Cast.GiveRoles(db, first, role is { } held ? [held] : []);
        return first;
    }
}
