using System.Reflection;
using System.Text.RegularExpressions;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Time;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests;

/// <summary>Holds Paths and the routes of pages and endpoints together.</summary>
public sealed partial class PathsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    /// <summary>The demo has all pages there are, but for the dashboard of the jobs.</summary>
    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Demo"] = "true", ["Jobs:Dashboard"] = "true" },
    };

    [Fact]
    public void Every_address_leads_to_an_endpoint()
    {
        var addresses = Addresses().ToList();

        var astray = addresses.Where(one => !LeadsSomewhere(one.Address));

        Assert.True(addresses.Count > 80, $"Only {addresses.Count} addresses were found.");
        Assert.Empty(astray);
    }

    [Fact]
    public void Every_folder_holds_an_endpoint()
    {
        var empty = Constants(typeof(Paths.Folders)).Where(folder => !Routes.Any(route => IsBelow(route, folder.Address)));

        Assert.Empty(empty);

        static bool IsBelow(RouteEndpoint route, string folder) =>
            $"/{route.RoutePattern.RawText!.TrimStart('/')}/".StartsWith(folder + "/", StringComparison.Ordinal);
    }

    [Fact]
    public void The_addresses_that_the_model_writes_lead_to_endpoints()
    {
        var model = Path.Combine(Repository.Root, "src", "DigiHub");
        var written = (from path in Directory.EnumerateFiles(model, "*.cs", SearchOption.AllDirectories)
                       where !path.Contains("/obj/", StringComparison.Ordinal)
                       from line in File.ReadLines(path)
                       where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                       from Match match in OfTheModel().Matches(line)
                       select Hole().Replace(match.Groups["path"].Value, Guid.Empty.ToString())).ToList();

        var astray = written.Where(path => !LeadsSomewhere(path));

        Assert.NotEmpty(written);
        Assert.Empty(astray);
    }

    [Theory]
    [InlineData("/bookings")]
    [InlineData("/organise/nonsense")]
    [InlineData("/events/a/b/c")]
    [InlineData("/nowhere.css")]
    public void An_address_that_nothing_answers_is_seen(string path) => Assert.False(LeadsSomewhere(path));

    [Fact]
    public void What_people_write_is_escaped_once() => Assert.Equal("/events/caf%C3%A9%2F%3F", Paths.Event("café/?"));

    internal sealed record Named(string Name, string Address);

    /// <summary>All of Paths, its methods asked with something for each parameter.</summary>
    internal static IEnumerable<Named> Addresses() => Constants(typeof(Paths)).Concat(
        from method in typeof(Paths).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let types = method.GetParameters().Select(parameter => parameter.ParameterType)
        let values = types.Select(type => SampleOf(Nullable.GetUnderlyingType(type) ?? type))
        select new Named(method.Name, (string)method.Invoke(null, [.. values])!));

    private static IEnumerable<Named> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new Named(field.Name, (string)field.GetValue(null)!));

    private static object SampleOf(Type type) =>
        type == typeof(string) ? "a-sample"
        : type == typeof(NotificationType) ? NotificationType.All[0]
        : type == typeof(Cursor) ? new Cursor(Instant.MinValue, Guid.Empty)
        : type == typeof(IReadOnlyCollection<int>) ? new[] { 1 }
        : type == typeof(LocalDate) ? new LocalDate(2026, 11, 24)
        : Activator.CreateInstance(type)!;

    /// <summary>Without the files of the style, which are found by their names.</summary>
    private IReadOnlyList<RouteEndpoint> Routes => field ??=
    [
        .. TestHub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(route => !route.RoutePattern.RawText!.Contains("{**path:file}", StringComparison.Ordinal)),
    ];

    private bool LeadsSomewhere(string address)
    {
        var path = address.Split('?')[0];
        return Routes.Any(route => Matches(route.RoutePattern, path));
    }

    private bool Matches(RoutePattern route, string path)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(route), []).TryMatch(path, values)
            && route.Parameters.All(parameter => parameter.ParameterPolicies.All(policy => Allows(parameter, policy, values)));
    }

    private bool Allows(RoutePatternParameterPart parameter, RoutePatternParameterPolicyReference policy, RouteValueDictionary values) =>
        TestHub.Services.GetRequiredService<ParameterPolicyFactory>().Create(parameter, policy) is not IRouteConstraint constraint
        || constraint.Match(httpContext: null, route: null, parameter.Name, values, RouteDirection.IncomingRequest);

    [GeneratedRegex("\"(?<path>/[a-z][^\"\\s]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfTheModel();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();
}

/// <summary>Guards that pages, endpoints and e-mails take the hub's addresses from Paths and write none by hand.</summary>
public sealed partial class HandWrittenPathsTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "DigiHub.Web");

    /// <summary>Files that are served as they are, and an address of somebody else's.</summary>
    private static readonly string[] NotPages = ["/fonts/", "/calendar/action/compose"];

    private static readonly HashSet<string> FirstSegments =
        [.. PathsTests.Addresses().Select(one => one.Address.Split('/', '?')[1]).Where(first => first.Length > 0)];

    [Fact]
    public void Addresses_are_written_in_Paths_alone()
    {
        var byHand = from path in Directory.EnumerateFiles(Web, "*.*", SearchOption.AllDirectories)
                     let file = Path.GetRelativePath(Web, path).Replace('\\', '/')
                     where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
                     where file != "Paths.cs" && file.Split('/')[0] is not ("obj" or "bin")
                     from found in WrittenIn(File.ReadAllText(path))
                     where !IsToldToPrograms(file, found)
                     select $"{file}: {found}";

        Assert.Empty(byHand);
    }

    // The words of a problem name the address to ask instead.
    private static bool IsToldToPrograms(string file, string found) =>
        file.StartsWith("Api/", StringComparison.Ordinal) && found.Contains("/api/v1/", StringComparison.Ordinal);

    [Theory]
    [InlineData("""<a href="/my-bookings">""")]
    [InlineData("""<a href="/nothing/of/Paths">""")]
    [InlineData("""<a href="/">""")]
    [InlineData("""<form method="post" action="/organise/@Id/cancel">""")]
    [InlineData("""Navigation.NavigateTo($"/organise/{id}?did=saved");""")]
    [InlineData("""TypedResults.LocalRedirect("/");""")]
    [InlineData("""$"{settings.PublicUrl}/events/{slug}" """)]
    [InlineData("""Disallow: /admin""")]
    [InlineData("""routes.MapPost("/sign-out", () => Results.LocalRedirect("/sign-in"));""")]
    public void The_guard_sees_what_is_written_by_hand(string text) => Assert.NotEmpty(WrittenIn(text));

    [Theory]
    [InlineData("""@page "/my-bookings" """)]
    [InlineData("""routes.MapPost("/sign-out", SignOut);""")]
    [InlineData("""app.MapDashboard(nameof(Permission.RunJobs), "/admin/jobs", options);""")]
    [InlineData("""/// <summary>As in /events?site=east.</summary>""")]
    [InlineData("""return; // leads to "/events" """)]
    [InlineData("@* leads to\n  /events *@")]
    [InlineData("""<a href="@Paths.MyBookings">""")]
    [InlineData("""builder.AddAttribute(20, "src", "/" + Assets["js/timeline.js"]);""")]
    public void The_guard_lets_routes_and_comments_be(string text) => Assert.Empty(WrittenIn(text));

    private static IEnumerable<string> WrittenIn(string text) =>
        from line in MarkupComment().Replace(text, "").Split('\n')
        from Match match in Written().Matches(Route().Replace(Comment().Replace(line, ""), ""))
        let address = match.Groups["address"].Value
        where match.Value[0] is not (' ' or '}') || FirstSegments.Contains(address.Split('/')[1])
        where !NotPages.Any(other => address.StartsWith(other, StringComparison.Ordinal))
        select line.Trim();

    // In quotes from its first sign, or after something else: "{PublicUrl}/events", "Disallow: /admin".
    [GeneratedRegex("""["} ](?<address>/[a-z][a-z0-9./-]*)|(=|Redirect\(|NavigateTo\()"(?<address>/)[?#"]""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex("""@page\s+"[^"]*"|\bMap[A-Z]\w*\([^"]*"[^"]*["]""", RegexOptions.NonBacktracking)]
    private static partial Regex Route();

    [GeneratedRegex(@"(^|\s)///?\s.*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex MarkupComment();
}
