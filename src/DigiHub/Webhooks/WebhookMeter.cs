using System.Diagnostics.Metrics;

namespace DigiHub.Webhooks;

/// <summary>
/// Metrics of webhooks, like the notifications' meter: by type and kind of response, never by
/// endpoint. Counters are this process's own; the gauges tell what the whole hub's database said when it was looked at last.
/// </summary>
public sealed class WebhookMeter : IDisposable
{
    public const string Name = "DigiHub.Webhooks";

    private readonly Counter<long> delivered;
    private readonly Counter<long> retried;
    private readonly Counter<long> failed;
    private readonly Counter<long> dropped;
    private readonly Counter<long> stopped;
    private readonly Histogram<double> lag;
    private volatile WebhooksAtWork? seen;

    public WebhookMeter()
    {
        Meter = new Meter(Name);
        delivered = Meter.CreateCounter<long>("digihub.webhooks.delivered", description: "Deliveries that were accepted, by type.");
        retried = Meter.CreateCounter<long>("digihub.webhooks.retried",
            description: "Failed attempts after which a delivery is retried, by response.");
        failed = Meter.CreateCounter<long>("digihub.webhooks.failed", description: "Deliveries that failed, by last response.");
        dropped = Meter.CreateCounter<long>("digihub.webhooks.dropped",
            description: "Events not recorded for a webhook because too many deliveries were waiting.");
        stopped = Meter.CreateCounter<long>("digihub.webhooks.stopped", description: "Webhooks stopped automatically, by reason.");
        lag = Meter.CreateHistogram<double>("digihub.webhooks.lag", "s", "Time from an event until its delivery.");
        Meter.CreateObservableGauge("digihub.webhooks.waiting", () => seen?.Waiting ?? 0,
            description: "Deliveries waiting for active webhooks.");
        Meter.CreateObservableGauge("digihub.webhooks.oldest_due",
            () => seen?.Lag?.TotalSeconds ?? 0, "s", "How long the oldest due attempt is overdue.");
        Meter.CreateObservableGauge("digihub.webhooks.endpoints_failing",
            () => seen?.Failing ?? 0, description: "Active webhooks whose last delivery failed.");
        Meter.CreateObservableGauge("digihub.webhooks.endpoints_stopped", () => seen?.Stopped ?? 0,
            description: "Webhooks stopped automatically and not yet resumed.");
    }

    public Meter Meter { get; }

    public void Saw(WebhooksAtWork look) => seen = look;

    /// <summary>An attempt has ended, and the delivery's row says how.</summary>
    public void Went(WebhookDelivery delivery, WebhookReply reply, Instant at)
    {
        switch (delivery.State)
        {
            case WebhookState.Delivered:
                delivered.Add(1, new KeyValuePair<string, object?>("type", delivery.Type));
                lag.Record(Math.Max(0, (at - delivery.At).TotalSeconds));
                break;
            case WebhookState.Failed:
                failed.Add(1, new KeyValuePair<string, object?>("answer", Answer(reply)));
                break;
            default:
                retried.Add(1, new KeyValuePair<string, object?>("answer", Answer(reply)));
                break;
        }
    }

    public void Dropped() => dropped.Add(1);

    public void Stopped(WebhookStop why) => stopped.Add(1, new KeyValuePair<string, object?>("reason", why.ToString()));

    public void Dispose() => Meter.Dispose();

    private static string Answer(WebhookReply reply) => reply.Status switch
    {
        null => "none",
        429 => "429",
        410 => "410",
        >= 500 => "5xx",
        >= 400 => "4xx",
        _ => "3xx", // a redirect is not followed
    };
}
