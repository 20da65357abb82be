using System.Diagnostics.Metrics;
using DigiHub.Suppressions;

namespace DigiHub.Letters;

/// <summary>
/// What a monitoring system may count. By kind and reason, never by person. Counters are this process's own; the gauges tell what the whole
/// hub's database said when it was looked at last.
/// </summary>
public sealed class LetterMeter : IDisposable
{
    public const string Name = "DigiHub.Letters";

    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> bounced;
    private readonly Counter<long> skipped;
    private readonly Counter<long> retried;
    private readonly Histogram<double> lag;
    private volatile LettersAtWork? seen;
    private long returnsReadAt = long.MinValue; // in seconds since 1970; none yet

    public LetterMeter()
    {
        Meter = new Meter(Name);
        sent = Meter.CreateCounter<long>("digihub.letters.sent", description: "E-mails accepted by the mail server, by kind.");
        failed = Meter.CreateCounter<long>("digihub.letters.failed", description: "E-mails that failed, by reason.");
        bounced = Meter.CreateCounter<long>("digihub.letters.bounced", description: "E-mails that were sent and bounced, by cause.");
        skipped = Meter.CreateCounter<long>("digihub.letters.skipped", description: "E-mails skipped as outdated or too late, by reason.");
        retried = Meter.CreateCounter<long>("digihub.letters.retried", description: "Failed attempts after which an e-mail is retried.");
        lag = Meter.CreateHistogram<double>("digihub.letters.lag", "s", "Time from when an e-mail was due until it was sent.");
        Meter.CreateObservableGauge("digihub.letters.due", () => seen?.Due ?? 0, description: "E-mails that are due and not yet sent.");
        Meter.CreateObservableGauge("digihub.letters.oldest_due", () => seen?.Lag?.TotalSeconds ?? 0, "s", "How long the oldest due e-mail is overdue.");
        Meter.CreateObservableGauge("digihub.letters.relay_paused", () => seen?.Relay.PausedSince is null ? 0 : 1, description: "1 while the mail server cannot be used.");
        Meter.CreateObservableGauge("digihub.letters.given_up_today", () => seen?.GivenUp ?? 0, description: "E-mails that failed within a day.");
        Meter.CreateObservableGauge("digihub.letters.bounced_today", () => seen?.CameBack ?? 0, description: "E-mails that bounced within a day.");
        Meter.CreateObservableGauge<long>("digihub.letters.returns_read_timestamp", ReturnsReadAt, "s", "When the returns mailbox was last read successfully, as Unix time.");
    }

    public Meter Meter { get; }

    public void Saw(LettersAtWork look) => seen = look;

    /// <summary>When the returns mailbox was read last without trouble; null: never.</summary>
    public void SawReturnsRead(Instant? at) => Volatile.Write(ref returnsReadAt, at?.ToUnixTimeSeconds() ?? long.MinValue);

    /// <summary>A letter has come to a state, and its row says so.</summary>
    public void Went(Letter letter, LetterState state, string? reason, Instant? sentAt)
    {
        switch (state)
        {
            case LetterState.Sent:
                sent.Add(1, new KeyValuePair<string, object?>("kind", letter.Kind.ToString()));
                if (sentAt is { } at)
                    lag.Record(Math.Max(0, (at - letter.DueAt).TotalSeconds));
                break;
            case LetterState.Failed:
                failed.Add(1, new KeyValuePair<string, object?>("reason", reason ?? "none"));
                break;
            case LetterState.Skipped:
                skipped.Add(1, new KeyValuePair<string, object?>("reason", reason ?? "none"));
                break;
            case LetterState.Retry:
                retried.Add(1);
                break;
            default:
                break;
        }
    }

    /// <summary>A mail came back with so many letters, and their rows say so.</summary>
    public void CameBack(int letters, Blame blame) => bounced.Add(letters, new KeyValuePair<string, object?>("blame", blame.ToString()));

    private IEnumerable<Measurement<long>> ReturnsReadAt() => Volatile.Read(ref returnsReadAt) is var at && at == long.MinValue ? [] : [new Measurement<long>(at)];

    public void Dispose() => Meter.Dispose();
}
