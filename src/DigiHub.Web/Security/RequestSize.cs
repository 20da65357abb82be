using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DigiHub.Web.Security;

/// <summary>
/// Refuses an address (414) or headers (431) that are too long, with a page and all response headers. The server itself
/// would refuse them with neither, so it lets twice as much through to here.
/// </summary>
internal static class RequestSize
{
    private const int TargetBytesMax = 8 * 1024;
    private const int HeaderBytesMax = 32 * 1024;
    private const int HeadersMax = 100;

    public static void UseRequestSize(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // Already on the way to the error page.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && WhyNot(http.Request) is { } status)
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        return next(http);
    });

    public static void LetThroughToHere(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = 2 * TargetBytesMax;
        limits.MaxRequestHeadersTotalSize = 2 * HeaderBytesMax;
        limits.MaxRequestHeaderCount = 2 * HeadersMax;
    }

    private static int? WhyNot(HttpRequest request)
    {
        if (request.Path.Value?.Length + request.QueryString.Value?.Length > TargetBytesMax)
            return StatusCodes.Status414UriTooLong;
        var headers = request.Headers;
        return headers.Count > HeadersMax
            || headers.Sum(header => header.Key.Length + Encoding.UTF8.GetByteCount(header.Value.ToString())) > HeaderBytesMax
            ? StatusCodes.Status431RequestHeaderFieldsTooLarge
            : null;
    }
}
