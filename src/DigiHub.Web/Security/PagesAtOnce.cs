using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace DigiHub.Web.Security;

/// <summary>
/// Limits how many pages are rendered at the same time: each holds its whole render tree until it is written, and more at once than
/// there are processors only cost memory. The others wait, for milliseconds. GET only: a form may wait
/// for a password to be hashed, and must not keep a page waiting meanwhile.
/// </summary>
internal static class PagesAtOnce
{
    private const int PerProcessor = 4;

    /// <summary>Some seconds of work for one processor.</summary>
    private const int WaitingMax = 512;

    private const int RetryAfterSeconds = 5;

    public static void UsePagesAtOnce(this WebApplication app)
    {
        var turns = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Max(PerProcessor, PerProcessor * Environment.ProcessorCount),
            QueueLimit = WaitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        app.Lifetime.ApplicationStopped.Register(turns.Dispose);
        app.Use(async (http, next) =>
        {
            if (!TakesTurns(http))
            {
                await next(http);
                return;
            }

            using var turn = await turns.AcquireAsync(1, http.RequestAborted);
            if (turn.IsAcquired)
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        });
    }

    private static bool TakesTurns(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && http.Features.Get<IStatusCodeReExecuteFeature>() is null; // the page that says "too busy"
}
