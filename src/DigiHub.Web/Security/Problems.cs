using System.Globalization;
using DigiHub.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Security;

/// <summary>
/// The response when a request is refused or fails: a page in the reader's language, or, from the API, a problem
/// (RFC 9457). Never a stack trace, and never a 500 for the caller's mistake.
/// </summary>
internal static class Problems
{
    // The error page is not the requested file.
    private static readonly string[] ofWhatWasRefused =
        [HeaderNames.CacheControl, HeaderNames.ContentDisposition, HeaderNames.ETag, HeaderNames.LastModified];

    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<BrokenRequests>();
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseStatusCodePagesWithReExecute(Paths.Folders.Refused + "/{0}", createScopeForStatusCodePages: true);
        app.Use(AnswerPrograms);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = _ => Task.CompletedTask, // BrokenRequests has answered before
            SuppressDiagnosticsCallback = _ => true,
        });
    }

    /// <summary>Gives empty error responses below /api a problem as their body.</summary>
    private static async Task AnswerPrograms(HttpContext http, RequestDelegate next)
    {
        // Already on the way to the error page: a refused form is not sent to that page again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            http.Request.Method = HttpMethods.Get;
            foreach (var name in ofWhatWasRefused)
                http.Response.Headers.Remove(name);
        }

        await next(http);
        var response = http.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null || response.ContentLength is not null
            || !http.Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase))
            return;

        var (code, words) = Refused.Of(response.StatusCode);
        await Api.Problems.Write(response,
            Api.Problems.Of(response.StatusCode, code, words, words.In(CultureOf(http)), field: null), http.RequestAborted);
    }

    // The request's culture is gone once its pipeline has been left.
    private static CultureInfo CultureOf(HttpContext http) =>
        http.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture ?? Languages.English;
}

/// <summary>
/// Turns what was thrown into a status; the page or problem is made from that. Logs the route, never the address: it may hold a secret.
/// </summary>
internal sealed class BrokenRequests(ILogger<BrokenRequests> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = StatusOf(exception, httpContext);
        var route = (httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "?";
        if (status is StatusCodes.Status500InternalServerError)
            log.LogError(exception, "{Method} {Route} failed", httpContext.Request.Method, route);
        else if (status is StatusCodes.Status503ServiceUnavailable)
            log.LogWarning(exception, "{Method} {Route} could not be served", httpContext.Request.Method, route);

        if (status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = "5";
        httpContext.Response.StatusCode = status;
        return ValueTask.FromResult(true);
    }

    private static int StatusOf(Exception exception, HttpContext http) => exception switch
    {
        BadHttpRequestException malformed => malformed.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest, // a form with too many fields, or too long ones
        OperationCanceledException
            when http.Features.Get<IHttpRequestTimeoutFeature>() is { RequestTimeoutToken.IsCancellationRequested: true }
            => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => StatusCodes.Status499ClientClosedRequest,
        RefusedException { Refusal.IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        _ when DatabaseRefusals.Of(exception) == DatabaseRefusal.Retry || DatabaseRefusals.IsOutOfReach(exception)
            => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
