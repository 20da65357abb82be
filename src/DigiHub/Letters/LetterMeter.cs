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
        sent = Meter.CreateCounter<long>("digihub.letters.sent", description: "Letters the relay took, by kind.");
        failed = Meter.CreateCounter<long>("digihub.letters.failed", description: "Letters given up, by reason.");
        bounced = Meter.CreateCounter<long>("digihub.letters.bounced", description: "Letters that were sent and came back, by whose fault it is.");
        skipped = Meter.CreateCounter<long>("digihub.letters.skipped", description: "Letters found untrue or too late, by reason.");
        retried = Meter.CreateCounter<long>("digihub.letters.retried", description: "Attempts after which a letter waits for another.");
        lag = Meter.CreateHistogram<double>("digihub.letters.lag", "s", "From the time a letter was due to when it had left.");
        Meter.CreateObservableGauge("digihub.letters.due", () => seen?.Due ?? 0, description: "Letters whose time has come and that have not left.");
        Meter.CreateObservableGauge("digihub.letters.oldest_due", () => seen?.Lag?.TotalSeconds ?? 0, "s", "How long the letter that waits longest is overdue.");
        Meter.CreateObservableGauge("digihub.letters.relay_paused", () => seen?.Relay.PausedSince is null ? 0 : 1, description: "1 while nothing can be handed to the relay.");
        Meter.CreateObservableGauge("digihub.letters.given_up_today", () => seen?.GivenUp ?? 0, description: "Letters given up within a day.");
        Meter.CreateObservableGauge("digihub.letters.bounced_today", () => seen?.CameBack ?? 0, description: "Letters that came back within a day.");
        Meter.CreateObservableGauge<long>("digihub.letters.returns_read_timestamp", ReturnsReadAt, "s", "When the returns mailbox was read last without trouble, as Unix time.");
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
