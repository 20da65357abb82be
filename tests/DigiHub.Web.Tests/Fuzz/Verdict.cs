using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>What is wrong with an answer; what was asked does not matter.</summary>
internal static partial class Verdict
{
    private static readonly string[] Headers =
        ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
            "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"];

    // The server's own parser answers these before the hub has the request, without a body: what it could
    // not read, it cannot be asked about.
    private static readonly HttpStatusCode[] NotEvenRead =
        [HttpStatusCode.BadRequest, HttpStatusCode.RequestUriTooLong,
            HttpStatusCode.RequestHeaderFieldsTooLarge, HttpStatusCode.RequestEntityTooLarge];

    /// <summary>Null where nothing is.</summary>
    public static string? On(Operation operation, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500)
            return $"answered {status}";
        if (body.Length == 0 && NotEvenRead.Contains(answer.StatusCode)
            && !answer.Headers.Contains(Headers[0]) && answer.Headers.ConnectionClose == true)
            return null;
        if (Headers.FirstOrDefault(header => !answer.Headers.Contains(header)) is { } missing)
            return $"{status} came without {missing}";
        if (answer.Content.Headers.ContentType?.MediaType != "text/javascript" && Innards().Match(body) is { Success: true } innards)
            return $"{status} shows its innards: {innards.Value}";
        return status >= 400 ? InWords(operation, answer, body) : null;
    }

    private static string? InWords(Operation operation, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (operation.Pattern.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
        {
            if (type != "application/problem+json")
                return $"{status} is no problem document but {type ?? "nothing"}";
            using var problem = Parsed(body);
            if (problem is null)
                return $"{status} says it is JSON and is not";
            return Demanded.FirstOrDefault(key => !problem.RootElement.TryGetProperty(key, out var text)
                || text.GetString() is not { Length: > 0 }) is { } absent
                ? $"{status} has no {absent}" : null;
        }

        // What a page's script sends is answered for the script: a sentence for the page to show.
        if (type == "application/json" && operation.Pattern.EndsWith("/draft", StringComparison.Ordinal))
        {
            using var answered = Parsed(body);
            return answered?.RootElement.TryGetProperty("said", out var said) == true && said.GetString() is { Length: > 0 }
                ? null : $"{status} says nothing to the script";
        }

        return type is "text/html" && Heading().IsMatch(body) ? null : $"{status} is no page with words but {type ?? "nothing"}";
    }

    private static readonly string[] Demanded = ["code", "title", "type"];

    private static JsonDocument? Parsed(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\bat [A-Z]\w+(\.\w+)+\(|\b(System|Microsoft|NodaTime|Npgsql|Newtonsoft|Hangfire|MimeKit)\.[A-Z]\w+|\bDigiHub\.(Web"
        + @"|Bookings|Events|Data|Members|Notifications|Sites|Spaces|Time|Registrations)\b|\w+Exception\b|Nullable<|\bInt32\b|SQLite "
        + @"Error|StackTrace",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Innards();

    [GeneratedRegex(@"<h1[^>]*>\s*[^<\s]", RegexOptions.NonBacktracking)]
    private static partial Regex Heading();
}
