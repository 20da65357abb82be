using System.Diagnostics.Metrics;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// What a monitoring system may count. By type and reason, never by person. Counters are this process's own; the gauges tell what the whole
/// hub's database said when it was looked at last.
/// </summary>
public sealed class MailMeter : IDisposable
{
    public const string Name = "DigiHub.Mail";

    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> bounced;
    private readonly Counter<long> skipped;
    private readonly Counter<long> retried;
    private readonly Histogram<double> lag;
    private volatile NotificationsAtWork? seen;
    private long inboundReadAt = long.MinValue; // in seconds since 1970; none yet

    public MailMeter()
    {
        Meter = new Meter(Name);
        sent = Meter.CreateCounter<long>("digihub.mail.sent", description: "E-mails accepted by the mail server, by type.");
        failed = Meter.CreateCounter<long>("digihub.mail.failed", description: "E-mails that failed, by reason.");
        bounced = Meter.CreateCounter<long>("digihub.mail.bounced", description: "E-mails that were sent and bounced, by cause.");
        skipped = Meter.CreateCounter<long>("digihub.mail.skipped", description: "E-mails skipped as outdated or too late, by reason.");
        retried = Meter.CreateCounter<long>("digihub.mail.retried", description: "Failed attempts after which an e-mail is retried.");
        lag = Meter.CreateHistogram<double>("digihub.mail.lag", "s", "Time from when an e-mail was due until it was sent.");
        Meter.CreateObservableGauge("digihub.mail.due", () => seen?.Due ?? 0, description: "E-mails that are due and not yet sent.");
        Meter.CreateObservableGauge("digihub.mail.oldest_due", () => seen?.Lag?.TotalSeconds ?? 0,
            "s", "How long the oldest due e-mail is overdue.");
        Meter.CreateObservableGauge("digihub.mail.relay_paused", () => seen?.Relay.PausedSince is null ? 0 : 1,
            description: "1 while the mail server cannot be used.");
        Meter.CreateObservableGauge("digihub.mail.given_up_today",
            () => seen?.GivenUp ?? 0, description: "E-mails that failed within a day.");
        Meter.CreateObservableGauge("digihub.mail.bounced_today",
            () => seen?.CameBack ?? 0, description: "E-mails that bounced within a day.");
        Meter.CreateObservableGauge<long>("digihub.mail.inbound_read_timestamp", InboundReadAt,
            "s", "When the inbound mailbox was last read successfully, as Unix time.");
    }

    public Meter Meter { get; }

    public void Saw(NotificationsAtWork look) => seen = look;

    /// <summary>When the inbound mailbox was read last without trouble; null: never.</summary>
    public void SawInboundRead(Instant? at) => Volatile.Write(ref inboundReadAt, at?.ToUnixTimeSeconds() ?? long.MinValue);

    /// <summary>A notification has come to a state, and its row says so.</summary>
    public void Went(Notification notification, NotificationState state, NotificationReason? reason, Instant? sentAt)
    {
        switch (state)
        {
            case NotificationState.Sent:
                sent.Add(1, new KeyValuePair<string, object?>("type", notification.Type.Name));
                if (sentAt is { } at)
                    lag.Record(Math.Max(0, (at - notification.DueAt).TotalSeconds));
                break;
            case NotificationState.Failed:
                failed.Add(1, new KeyValuePair<string, object?>("reason", reason?.Name ?? "none"));
                break;
            case NotificationState.Skipped:
                skipped.Add(1, new KeyValuePair<string, object?>("reason", reason?.Name ?? "none"));
                break;
            case NotificationState.Retry:
                retried.Add(1);
                break;
            default:
                break;
        }
    }

    /// <summary>A mail came back with so many notifications, and their rows say so.</summary>
    public void CameBack(int notifications, BounceCause blame) =>
        bounced.Add(notifications, new KeyValuePair<string, object?>("blame", blame.ToString()));

    private IEnumerable<Measurement<long>> InboundReadAt() =>
        Volatile.Read(ref inboundReadAt) is var at && at == long.MinValue ? [] : [new Measurement<long>(at)];

    public void Dispose() => Meter.Dispose();
}
