using System.Diagnostics;
using DigiHub.Calendars;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Security;

/// <summary>
/// Answers a request that reached an https hub unencrypted: by way of a proxy that is not named in the settings, or one that does not say
/// the scheme. Its cookies could not be set and its forms not be trusted; the response says how to fix the settings.
/// 421, because it is about how the request came (RFC 9110 15.5.20). Health checks and metrics come without the proxy and pass.
/// </summary>
internal sealed class UnknownProxy(ILogger<UnknownProxy> log)
{
    private static readonly TimeSpan toldEvery = TimeSpan.FromMinutes(1);
    private static readonly string[] withoutProxy = [Paths.Folders.Health, Paths.Folders.Metrics];

    private long toldAt = Stopwatch.GetTimestamp() - (long)toldEvery.TotalSeconds * Stopwatch.Frequency;

    public static void Use(IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<HubSettings>>().Value.PublicUrl.Scheme != Uri.UriSchemeHttps)
            return;
        var guard = app.ApplicationServices.GetRequiredService<UnknownProxy>();
        app.Use((http, next) => http.Request.IsHttps
            || withoutProxy.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? next(http)
            : guard.Answer(http));
    }

    private Task Answer(HttpContext http)
    {
        // Set by the forwarded headers of a trusted proxy.
        var isBelieved = http.Request.Headers.ContainsKey("X-Original-For");
        Tell(http, isBelieved);
        var words = isBelieved ? NotSaid : NotNamed;
        if (http.Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Problem(type: "urn:digihub:unknown_proxy", title: "Not reached by https",
                detail: words.English, statusCode: StatusCodes.Status421MisdirectedRequest)
                .ExecuteAsync(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        // Before the language of the request is known.
        var address = http.RequestServices.GetRequiredService<IOptions<HubSettings>>().Value.FormOfAddress;
        return http.Response.WriteAsync($"{words.In(Language.German.Culture(address))}\n\n{words.English}\n", http.RequestAborted);
    }

    private void Tell(HttpContext http, bool isBelieved)
    {
        var told = Interlocked.Read(ref toldAt);
        if (Stopwatch.GetElapsedTime(told) < toldEvery || Interlocked.CompareExchange(ref toldAt, Stopwatch.GetTimestamp(), told) != told)
            return;
        if (isBelieved)
            log.LogWarning("Requests come unencrypted although DigiHub:PublicUrl is https: let the proxy set X-Forwarded-Proto");
        else
            log.LogWarning("Requests come unencrypted from {Address}, which DigiHub:Server:KnownProxies does not name: "
                + "if that is your proxy, name it there", http.Connection.RemoteIpAddress);
    }

    private static Words NotNamed { get; } = new(
        "This hub is reached by https, but this request arrived unencrypted, from an address that isn’t one of its proxies. "
        + "If you run the hub, add your reverse proxy’s address to DigiHub:Server:KnownProxies and let it set X-Forwarded-For and "
        + "X-Forwarded-Proto.",
        "Dieser Hub ist über https zu erreichen, diese Anfrage kam aber unverschlüsselt von einer Adresse, "
            + "die nicht zu seinen Proxys gehört. "
        + "Wenn Sie den Hub betreiben, tragen Sie die Adresse Ihres Reverse-Proxys in DigiHub:Server:KnownProxies ein und lassen ihn "
        + "X-Forwarded-For und X-Forwarded-Proto setzen.",
        "Dieser Hub ist über https zu erreichen, diese Anfrage kam aber unverschlüsselt von einer Adresse, die nicht zu seinen Proxys "
            + "gehört. Wenn du den Hub betreibst, trag die Adresse deines Reverse-Proxys in DigiHub:Server:KnownProxies ein und lass ihn "
            + "X-Forwarded-For und X-Forwarded-Proto setzen.");

    private static Words NotSaid { get; } = new(
        "This hub is reached by https, but its proxy doesn’t say that the request came that way. "
        + "If you run the hub, let the proxy set X-Forwarded-Proto. It’s already in DigiHub:Server:KnownProxies.",
        "Dieser Hub ist über https zu erreichen, aber sein Proxy teilt nicht mit, dass die Anfrage so kam. "
        + "Wenn Sie den Hub betreiben, lassen Sie den Proxy X-Forwarded-Proto setzen. In DigiHub:Server:KnownProxies steht er schon.",
        "Dieser Hub ist über https zu erreichen, aber sein Proxy teilt nicht mit, dass die Anfrage so kam. Wenn du den Hub betreibst, lass "
            + "den Proxy X-Forwarded-Proto setzen. In DigiHub:Server:KnownProxies steht er schon.");
}
