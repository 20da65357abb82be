using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Webhooks;

namespace DigiHub.Web.Operations;

/// <summary>
/// The meters of the hub in Prometheus' text format 0.0.4. OpenTelemetry's own exporter for it has been a pre-release for years, and what
/// is needed here is small: counters, gauges and one histogram.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    /// <summary>More series than kinds and reasons can produce mean an unbounded label.</summary>
    private const int SeriesMax = 500;

    private static readonly double[] bucketSeconds = [1, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> series = new();

    public PrometheusText(MailMeter notifications, WebhookMeter webhooks)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // of this hub, not of another in the same process
            if (ReferenceEquals(instrument.Meter, notifications.Meter) || ReferenceEquals(instrument.Meter, webhooks.Meter))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in series.GroupBy(pair => pair.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var (name, type) = (NameOf(group.Key), TypeOf(group.Key));
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {group.Key.Description}\n# TYPE {name} {type}\n");
            foreach (var ((_, labels), one) in group.OrderBy(pair => pair.Key.Labels, StringComparer.Ordinal))
                one.Write(text, name, labels, isHistogram: type == "histogram");
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (instrument, LabelsOf(tags));
        if (!series.TryGetValue(key, out var one))
        {
            if (series.Count >= SeriesMax)
                return;
            one = series.GetOrAdd(key, _ => new Series());
        }

        one.Take(value, adds: !instrument.IsObservable, isHistogram: instrument is Histogram<double>);
    }

    private static string NameOf(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (TypeOf(instrument) == "counter" ? "_total" : "");

    private static string TypeOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        { IsObservable: true } => "gauge",
        _ => "counter",
    };

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var escaped = value?.ToString()?.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "," : "")}{name}=\"{escaped}\"");
        }

        return text.ToString();
    }

    private sealed class Series
    {
        private readonly Lock gate = new();
        private readonly long[] buckets = new long[bucketSeconds.Length];
        private double value;
        private long count;

        public void Take(double measured, bool adds, bool isHistogram)
        {
            lock (gate)
            {
                value = adds ? value + measured : measured;
                count++;
                for (var i = 0; isHistogram && i < buckets.Length; i++)
                    buckets[i] += measured <= bucketSeconds[i] ? 1 : 0;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (gate)
            {
                if (!isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {value}\n");
                    return;
                }

                var before = labels.Length > 0 ? labels + "," : "";
                for (var i = 0; i < buckets.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{bucketSeconds[i]}\"}} {buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"+Inf\"}} {count}\n{name}_sum{Braced(labels)} "
                    + $"{value}\n{name}_count{Braced(labels)} {count}\n");
            }
        }

        private static string Braced(string labels) => labels.Length > 0 ? $"{{{labels}}}" : "";
    }
}
