using System.Diagnostics.Metrics;

namespace DigiHub.Webhooks;

/// <summary>
/// What a monitoring system may count of webhooks, beside the letters' meter and in its manner: by type and kind of answer, never by
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
        delivered = Meter.CreateCounter<long>("digihub.webhooks.delivered", description: "Deliveries that a receiver took, by type.");
        retried = Meter.CreateCounter<long>("digihub.webhooks.retried", description: "Attempts after which a delivery waits for another, by answer.");
        failed = Meter.CreateCounter<long>("digihub.webhooks.failed", description: "Deliveries given up, by the last answer.");
        dropped = Meter.CreateCounter<long>("digihub.webhooks.dropped", description: "Acts that were not written down for an endpoint because too much waited for it.");
        stopped = Meter.CreateCounter<long>("digihub.webhooks.stopped", description: "Endpoints that the hub stopped by itself, by reason.");
        lag = Meter.CreateHistogram<double>("digihub.webhooks.lag", "s", "From an act to when a receiver had taken it.");
        Meter.CreateObservableGauge("digihub.webhooks.waiting", () => seen?.Waiting ?? 0, description: "Deliveries that wait for endpoints that are on.");
        Meter.CreateObservableGauge("digihub.webhooks.oldest_due", () => seen?.Lag?.TotalSeconds ?? 0, "s", "How long the attempt that waits longest is overdue.");
        Meter.CreateObservableGauge("digihub.webhooks.endpoints_failing", () => seen?.Failing ?? 0, description: "Endpoints that are on and took nothing the last time.");
        Meter.CreateObservableGauge("digihub.webhooks.endpoints_stopped", () => seen?.Stopped ?? 0, description: "Endpoints that the hub stopped and nobody has resumed.");
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
