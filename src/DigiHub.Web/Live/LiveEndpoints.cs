using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Live;

/// <summary>
/// GET /live: a stream of server-sent events (WHATWG HTML, section 9.2) that says "changed" whenever the page should be looked at again,
/// and "still" now and then, so that both sides notice when the other has gone. It ends after some minutes and the browser asks again,
/// because who may listen is asked at the beginning alone: a session that has ended, or a member who is locked out, hears no more then.
/// </summary>
public static class LiveEndpoints
{
    private const string EventStream = "text/event-stream";

    private static readonly TimeSpan still = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan life = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan again = TimeSpan.FromSeconds(2);

    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveChanges>();
        services.AddSingleton<ILiveSignal>(provider => provider.GetRequiredService<LiveChanges>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveChanges>());
    }

    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Paths.LiveChanges, Stream).RequireAuthorization(Policies.Member).DisableRequestTimeout();

    private static async Task<IResult> Stream(HttpContext http, Catalogue catalogue)
    {
        var asked = QueryValues.Of(http);
        var site = asked.Site(await catalogue.Map(http.RequestAborted));
        var day = asked.Date("day");
        if (asked.Errors.Any)
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        return Answer(http, site?.Site.Id, day, http.Viewer().MemberId!.Value);
    }

    /// <summary>The stream itself, for who may hear of the site has been asked before.</summary>
    /// <param name="whoseId">A member, or a screen: each keeps so many open at most.</param>
    internal static IResult Answer(HttpContext http, int? siteId, LocalDate? day, Guid whoseId)
    {
        var live = http.RequestServices.GetRequiredService<LiveChanges>();
        var hub = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        // Who cannot read a stream would wait for its end.
        if (!http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase)))
            return Results.StatusCode(StatusCodes.Status406NotAcceptable);
        if (live.Listen(siteId, day, whoseId) is not { } listener)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events until it has many
        return TypedResults.ServerSentEvents(Events(live, listener, hub.ApplicationStopping, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(
        LiveChanges live, LiveListener listener, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        end.CancelAfter(life);
        try
        {
            yield return new SseItem<string>("", "still") { ReconnectionInterval = again };
            while (await Next(listener, end.Token) is { } said)
                yield return new SseItem<string>("", said);
        }
        finally
        {
            live.Leave(listener);
        }
    }

    private static async Task<string?> Next(LiveListener listener, CancellationToken end)
    {
        try
        {
            return await listener.Wait(still, end) ? "changed" : "still";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
