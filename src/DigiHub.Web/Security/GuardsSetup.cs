using System.Net;
using Microsoft.AspNetCore.Builder.Extensions;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Security;

/// <summary>Limits, headers and checks between the network and the pages.</summary>
public static class GuardsSetup
{
    /// <summary>No form or request needs more; an endpoint that accepts files would set its own.</summary>
    private const int BodyBytesMax = 64 * 1024;

    /// <summary>
    /// The largest page with room to spare: a reader on a slow line must not hold up the page that is being written (PagesAtOnce).
    /// </summary>
    private const int AnswerBytesBuffered = 512 * 1024;

    public static void AddGuards(this IServiceCollection services)
    {
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, SecurityHeaders>()); // around the framework's own guards, too
        services.AddProblems();
        services.AddSingleton<Limits>();
        services.AddSingleton<UnknownProxy>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<Limits>((limiter, limits) =>
        {
            limiter.GlobalLimiter = limits.Requests;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                Limits.SayWhen(rejected.HttpContext.Response, rejected.Lease);
                return ValueTask.CompletedTask;
            };
        });
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<HubSettings>>((timeouts, settings) =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = TimeSpan.FromSeconds(settings.Value.Server.RequestSecondsMax),
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            });
        services.AddOptions<HostFilteringOptions>().Configure<IOptions<HubSettings>>(FilterHosts);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HubSettings>>(TrustProxies);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<HubSettings>>(LimitServer);
    }

    // An e-mail's link begins with the configured address, but a page made under a foreign name could end up in a cache.
    private static void FilterHosts(HostFilteringOptions filter, IOptions<HubSettings> settings)
    {
        var hub = settings.Value;
        filter.AllowEmptyHosts = false;
        filter.IncludeFailureMessage = false;
        filter.AllowedHosts = [hub.PublicUrl.Host, .. hub.AllowedHosts];
        if (hub.PublicUrl.IsLoopback)
            filter.AllowedHosts = [.. filter.AllowedHosts, "localhost", "127.0.0.1", "[::1]"];
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<HubSettings> settings)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardLimit = 1;
        forwarded.ForwardedHeaders = settings.Value.Server.KnownProxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in settings.Value.Server.KnownProxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
            else
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }

    private static void LimitServer(KestrelServerOptions kestrel, IOptions<HubSettings> settings)
    {
        kestrel.AddServerHeader = false;
        RequestSize.LetThroughToHere(kestrel.Limits);
        kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        kestrel.Limits.MaxResponseBufferSize = AnswerBytesBuffered;
        var server = settings.Value.Server;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(server.HeaderSecondsMax);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(server.KeepAliveSeconds); // also for connections that send nothing
        kestrel.Limits.MaxConcurrentConnections = server.ConnectionsMax;
        if (server.KnownProxies.Count == 0)
        {
            var connections = new CallerConnections(server.ConnectionsPerCallerMax);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(connections.Limit));
        }
    }
}
