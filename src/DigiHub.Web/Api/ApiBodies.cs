using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Api;

/// <summary>
/// Request bodies of the API: JSON in UTF-8 (RFC 8259 8.1), not compressed. Anything else is a 415 before it is read;
/// an unknown charset would otherwise throw.
/// </summary>
internal static class ApiBodies
{
    public static IResult NotJson { get; } = Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "not_json", new(
        "Send JSON in UTF-8, not compressed: Content-Type: application/json.",
        "Senden Sie JSON in UTF-8, nicht komprimiert: Content-Type: application/json.",
        "Sende JSON in UTF-8, nicht komprimiert: Content-Type: application/json."));

    /// <summary>To be called before routing. A POST that may be repeated is read twice, by its endpoint and by Idempotency.</summary>
    public static void UseApiBodies(this WebApplication app) => app.Use((http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase))
            return next(http);
        if (!IsReadable(http.Request))
            return NotJson.ExecuteAsync(http);
        if (http.Request.Headers.ContainsKey(Idempotency.Header))
            http.Request.EnableBuffering();
        return next(http);
    });

    private static bool IsReadable(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0
            && !string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase))
            return false;
        if (string.IsNullOrEmpty(request.ContentType))
            return true; // routing and binding say what a missing one means
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue
                || string.Equals(HeaderUtilities.RemoveQuotes(type.Charset).Value, "utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
