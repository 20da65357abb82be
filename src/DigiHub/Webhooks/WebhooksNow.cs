using DigiHub.Data;

namespace DigiHub.Webhooks;

/// <summary>The state of webhooks at a moment.</summary>
/// <param name="Waiting">Deliveries that have not arrived and still may, at endpoints that are on.</param>
/// <param name="Lag">
/// How long the attempt that waits longest is overdue; null if none is. Endpoints that asked to wait do not count.
/// </param>
/// <param name="Failing">Endpoints that are on and took nothing the last time.</param>
/// <param name="Stopped">Endpoints that the hub stopped by itself.</param>
public sealed record WebhooksAtWork(int Waiting, Duration? Lag, int Failing, int Stopped);

/// <summary>Looks at the webhooks as a whole, for metrics. Reads only what waits.</summary>
public sealed class WebhooksNow(HubDbFactory databases, WebhookMeter meter, IClock clock)
{
    public async Task<WebhooksAtWork> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var endpoints = db.WebhookEndpoints;
        var waiting = db.WebhookDeliveries.NotYetThere()
            .Where(one => endpoints.Any(endpoint => endpoint.Id == one.EndpointId && endpoint.StoppedAt == null));
        var oldest = await db.WebhookDeliveries.NotYetThere()
            .Where(one => one.NextAttemptAt <= now && endpoints.Any(endpoint => endpoint.Id == one.EndpointId && endpoint.StoppedAt == null
                && (endpoint.PatientUntil == null || endpoint.PatientUntil <= now)))
            .MinAsync(one => (Instant?)one.NextAttemptAt, stop);
        var seen = new WebhooksAtWork(
            await waiting.CountAsync(stop), now - oldest,
            await endpoints.CountAsync(endpoint => endpoint.StoppedAt == null && endpoint.FailingSince != null, stop),
            await endpoints.CountAsync(endpoint => endpoint.StoppedAt != null && endpoint.StoppedWhy != WebhookStop.ByOwner, stop));
        meter.Saw(seen);
        return seen;
    }
}
