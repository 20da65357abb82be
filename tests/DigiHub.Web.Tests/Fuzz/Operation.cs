using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DigiHub.Tests;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Fuzz;

internal enum OperationKind { Get, Form, Bare, Api }

/// <summary>Something that can be asked of the hub.</summary>
/// <param name="Pattern">The route's own, with its parameters; of a form the address it is sent to.</param>
/// <param name="Query">Names that its address may hold.</param>
/// <param name="Fields">Of a form, with what stands in them.</param>
/// <param name="Schema">Of an API operation's body.</param>
internal sealed record Operation(OperationKind Kind, string Method, RoutePattern? Route, string Pattern)
{
    public IReadOnlyList<string> Query { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
    public JsonElement? Schema { get; init; }

    public bool IsSafe => Method == "GET";

    public string Name => $"{Method} /{Pattern.TrimStart('/')}{(Fields.Count == 0 ? "" : " " + string.Join(',', FieldNames))}";

    private IEnumerable<string> FieldNames =>
        Fields.Select(one => one.Key).Where(key => key.Length > 0 && key[0] != '_').Distinct(StringComparer.Ordinal);
}

/// <summary>
/// Finds all that can be asked: endpoints by their routes, operations of the API by its document, forms by the pages they stand on.
/// </summary>
internal sealed partial class HubOperations(WebTestHub testHub, FuzzRows rows)
{
    private static readonly string[] Others = ["_framework/", "admin/jobs"]; // made by others: who gets there is ours, what they say is not

    public JsonElement Document { get; private set; }

    /// <summary>Every endpoint of the hub's own, but for the files of its style.</summary>
    private static IEnumerable<RouteEndpoint> Routes(WebTestHub testHub) =>
        testHub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.All(thing => thing.GetType().Name != "StaticAssetDescriptor"))
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("{**path:file}", StringComparison.Ordinal));

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? ["GET"]
            : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    /// <summary>Every endpoint by every method, questions first.</summary>
    public async Task<IReadOnlyList<Operation>> Endpoints(Callers callers)
    {
        var browser = (await callers.Of(Party.Anonymous)).Browser;
        Document = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).RootElement;

        Dictionary<string, Operation> all = new(StringComparer.Ordinal);
        foreach (var endpoint in Routes(testHub))
        {
            var raw = endpoint.RoutePattern.RawText!.TrimStart('/');
            foreach (var method in MethodsOf(endpoint))
                Add(all, InApi(raw, method, endpoint.RoutePattern)
                    ?? new Operation(method == "GET" ? OperationKind.Get : OperationKind.Bare, method, endpoint.RoutePattern, raw)
                    {
                        Query = NamesIn(endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type),
                    });
        }

        return [.. all.Values.OrderBy(one => !one.IsSafe).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>These, and the forms that these parties find on the pages.</summary>
    public async Task<IReadOnlyList<Operation>> Find(Callers callers, IReadOnlyList<Party> parties)
    {
        var endpoints = (await Endpoints(callers))
            .Where(one => !Others.Any(other => one.Pattern.StartsWith(other, StringComparison.OrdinalIgnoreCase))).ToList();
        Dictionary<string, Operation> all = endpoints.ToDictionary(one => one.Name, StringComparer.Ordinal);
        foreach (var page in endpoints.Where(one => one.Kind == OperationKind.Get))
            foreach (var party in parties)
                foreach (var form in await FormsOn(page, (await callers.Of(party)).Browser))
                    Add(all, form);
        return [.. all.Values.OrderBy(one => !one.IsSafe).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    public string PathOf(Operation operation, Func<string, string> valueOf) => operation.Route is null
        ? rows.Now(operation.Pattern)
        : "/" + string.Join('/', operation.Route.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "",
            RoutePatternParameterPart parameter => valueOf(parameter.Name),
            _ => "x",
        }))));

    private static void Add(Dictionary<string, Operation> all, Operation one) => all.TryAdd(one.Name, one);

    private async Task<IEnumerable<Operation>> FormsOn(Operation page, HttpClient browser)
    {
        var path = PathOf(page, parameter => rows.ValueOf(page.Pattern, parameter));
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            return [];
        using var parsed = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        return [.. parsed.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Select(form => new Operation(
            OperationKind.Form, "POST", null, form.GetAttribute("action") is { Length: > 0 } action ? action : path)
        {
            Fields = [.. form.Elements.Where(field => field.GetAttribute("name") is { Length: > 0 } name
                && name != "__RequestVerificationToken")
                .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? ""))],
        })];
    }

    private Operation? InApi(string raw, string method, RoutePattern route)
    {
        if (!raw.StartsWith("api/v1", StringComparison.Ordinal))
            return null;
        var path = "/" + Constraint().Replace(raw, "}").TrimEnd('/');
        if (!Document.GetProperty("paths").EnumerateObject().Any(one => one.Name.TrimEnd('/') == path))
            return null;
        var operation = Document.GetProperty("paths").EnumerateObject()
            .First(one => one.Name.TrimEnd('/') == path).Value.GetProperty(method.ToLowerInvariant());
        return new Operation(OperationKind.Api, method, route, raw)
        {
            Query = operation.TryGetProperty("parameters", out var parameters)
                ? [.. parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query")
                    .Select(one => one.GetProperty("name").GetString()!)] : [],
            Schema = operation.TryGetProperty("requestBody", out var body)
                ? body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema")
                : null,
        };
    }

    /// <summary>The names that the page's source reads from its address, and that its parts do.</summary>
    private static string[] NamesIn(Type? page)
    {
        if (page is null)
            return [];
        var folder = Path.Combine(Repository.Root, "src", "DigiHub.Web");
        var source = Directory.EnumerateFiles(folder, page.Name + ".razor",
            SearchOption.AllDirectories).Select(File.ReadAllText).FirstOrDefault() ?? "";
        var query = string.Concat(Directory.EnumerateFiles(folder, "*Query.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(folder, "Events", "EventFilter.cs"))
            .Where(file => source.Contains(Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal)).Select(File.ReadAllText));
        return [.. Read().Matches(source + query).Select(match => match.Groups["name"].Value).Append("site")
            .Append("lang").Append("done").Append("before").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    [GeneratedRegex(@":[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\.(?:Text|Flag|Number|Id|OneOf<\w+>|Flags<\w+>|Date|Time|DateTime|Cursor|Known|Has)\(""(?<name>\w+)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Read();
}
