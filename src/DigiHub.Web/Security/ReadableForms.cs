using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Security;

/// <summary>
/// Refuses an unreadable form before its fields are read, and gives a form that its page does not know an error page like
/// every other refusal.
/// </summary>
internal static class ReadableForms
{
    private static readonly object rendered = new();

    /// <summary>Must run before anything that reads forms.</summary>
    public static void UseReadableForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (await WhyNot(http) is { } status)
            http.Response.StatusCode = status;
        else
            await next(http);

        if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } && IsBare(http))
            http.Response.ContentType = null; // so that UseProblems adds a body
    });

    /// <summary>To be called by the outermost component of a page: from then on the response has a body.</summary>
    public static void Rendered(HttpContext http) => http.Items[rendered] = true;

    private static async Task<int?> WhyNot(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return null;
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue
            && !string.Equals(HeaderUtilities.RemoveQuotes(type.Charset).Value, "utf-8", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType; // browsers send none, and an unknown one would break the reader
        try
        {
            await request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException && !http.RequestAborted.IsCancellationRequested)
        {
            return StatusCodes.Status400BadRequest; // cut off, too many fields, too long ones
        }
    }

    // Blazor answers an unknown form without a body, either before it renders anything, or with "text/plain" afterwards.
    private static bool IsBare(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && (!http.Items.ContainsKey(rendered) || http.Response.ContentType?.StartsWith("text/plain", StringComparison.Ordinal) == true);
}
