using System.Net;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Webhooks;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Operations;

/// <summary>
/// GET /metrics, for Prometheus: by a token or from listed addresses only; everybody else gets a 404. Off unless one of
/// the two is set.
/// </summary>
public static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<PrometheusText>(); // counts from now on, not from when it is first asked
        routes.MapGet("/metrics", Write).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Write(
        HttpContext http, IOptions<HubSettings> settings, NotificationsNow notifications,
        InboundNow inbound, WebhooksNow webhooks, PrometheusText text)
    {
        if (!MayRead(http, settings.Value.Metrics))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await notifications.Run(http.RequestAborted);
            await inbound.Run(http.RequestAborted);
            await webhooks.Run(http.RequestAborted);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException)
        {
            // The counters of this process are useful while the database is unreachable; the gauges keep their last values.
        }

        return Results.Text(text.Write(), "text/plain; version=0.0.4; charset=utf-8");
    }

    private static bool MayRead(HttpContext http, MetricsSettings settings) =>
        HasToken(http.Request.Headers.Authorization.ToString(), settings.Token)
            || IsListed(http.Connection.RemoteIpAddress, settings.AllowedAddresses);

    // Compared as hashes, so that the time it takes tells neither the token nor its length.
    private static bool HasToken(string authorization, string token) =>
        token.Length > 0 && authorization.StartsWith("Bearer ", StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(authorization["Bearer ".Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static bool IsListed(IPAddress? caller, IReadOnlyList<string> allowed)
    {
        if (caller is null)
            return false;
        var plain = caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller;
        return allowed.Any(one => IPNetwork.TryParse(one, out var network)
            ? network.Contains(plain)
            : IPAddress.TryParse(one, out var address) && address.Equals(plain));
    }
}
