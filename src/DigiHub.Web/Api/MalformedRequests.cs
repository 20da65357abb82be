using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace DigiHub.Web.Api;

/// <summary>
/// A body that cannot be read is a 400 (413, 415) that says where and what, before any use case runs. The reader's messages
/// are replaced: they name internal types.
/// </summary>
internal sealed partial class MalformedRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad
            || !httpContext.Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase))
            return false;

        var problem = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => Problems.Answer(bad.StatusCode, "too_large", new(
                "The data is too large.", "Die Daten sind zu groß.")),
            StatusCodes.Status415UnsupportedMediaType => ApiBodies.NotJson,
            _ when JsonIn(bad) is { } json => Problems.Bad("malformed_json", Said(json), Pointer(json)),
            _ when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => Problems.Bad("missing_body", new(
                "Send a JSON object as the body.", "Senden Sie ein JSON-Objekt als Inhalt.", "Sende ein JSON-Objekt als Inhalt.")),
            _ => Problems.Bad("malformed_request", new("This request couldn’t be read.", "Diese Anfrage konnte nicht gelesen werden.")),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static JsonException? JsonIn(Exception? exception) =>
        exception as JsonException ?? (exception is null ? null : JsonIn(exception.InnerException));

    private static Words Said(JsonException json)
    {
        if (json is UnreadableValueException { Expected: var expected })
            return new($"This must be {expected.English}.", $"Hier wird erwartet: {expected.German}.");
        if (NoSuchProperty().Match(json.Message) is { Success: true } unknown)
            return new($"The property \"{unknown.Groups["what"].Value}\" doesn’t exist here.",
                $"Eine Eigenschaft „{unknown.Groups["what"].Value}“ gibt es hier nicht.");
        if (Repeated().Match(json.Message) is { Success: true } repeated)
            return new($"The property \"{repeated.Groups["what"].Value}\" appears twice.",
                $"Die Eigenschaft „{repeated.Groups["what"].Value}“ kommt doppelt vor.");
        if (Converted().Match(json.Message) is { Success: true } wrong)
            return Wanted(wrong.Groups["what"].Value) is { } wanted
                ? new($"This must be {wanted.English}.", $"Hier wird erwartet: {wanted.German}.")
                : new("This value has the wrong type.", "Dieser Wert hat den falschen Typ.");
        if (json.Message.Contains("type '", StringComparison.Ordinal))
            return new("A required value is missing here or is null.", "Hier fehlt ein Pflichtwert, oder er ist null.");
        var said = json.Message.Split(" Path:")[0];
        return new($"The JSON can’t be read here: {said}", $"Das JSON ist an dieser Stelle nicht lesbar: {said}");
    }

    /// <param name="type">As the reader names it, such as System.Nullable`1[DigiHub.Events.Topic].</param>
    private static Words? Wanted(string type)
    {
        var name = type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) ? type["System.Nullable`1[".Length..^1] : type;
        return name switch
        {
            "System.String" => new("text", "Text"),
            "System.Int32" => new("a whole number", "eine ganze Zahl"),
            "System.Boolean" => new("true or false", "true oder false"),
            "System.Guid" => new("an ID (a UUID)", "eine Kennung (UUID)"),
            _ when typeof(Refusal).Assembly.GetType(name) is { IsEnum: true } words => EnumWords.Expected(words),
            _ => null,
        };
    }

    /// <summary>"$.reminders[0].at" is reminders/0/at.</summary>
    private static string? Pointer(JsonException json) =>
        json.Path is { Length: > 2 } path
            ? path[2..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            : null;

    [GeneratedRegex("^The JSON property '(?<what>[^']*)' could not be mapped",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex NoSuchProperty();

    [GeneratedRegex("^Duplicate property '(?<what>[^']*)'",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Repeated();

    [GeneratedRegex(@"could not be converted to (?<what>.+?)\.( Path:|$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Converted();
}
