using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace DigiHub.Bench;

/// <summary>What a process takes at this moment, from the system and from its own runtime.</summary>
/// <param name="ResidentMb">Pages in memory, shared ones counted whole.</param>
/// <param name="HeapMb">Managed objects, dead ones since the last collection included.</param>
/// <param name="CommittedMb">What the collector has taken from the system.</param>
/// <param name="AllocatedMb">Since the last look.</param>
/// <param name="Collections">Full ones (generation 2) since the last look.</param>
internal sealed record Insides(
    double ResidentMb, double HeapMb, double CommittedMb, double AllocatedMb, int Collections, int Threads, int Handles);

/// <summary>Looks into a process: Linux tells of pages and handles, the runtime's event counters of the rest.</summary>
internal sealed class Look : IAsyncDisposable
{
    private const string EverySeconds = "1";
    private const int BufferMb = 4; // it is the process's own memory that it takes

    private readonly int processId;
    private readonly EventPipeSession session;
    private readonly Task reading;
    private readonly Lock gate = new();
    private double heapMb, committedMb, allocatedBytes, collections;

    private Look(int processId, EventPipeSession session)
    {
        (this.processId, this.session) = (processId, session);
        reading = Task.Run(Read);
    }

    public static async Task<Look> Into(int processId)
    {
        var every = new Dictionary<string, string>(StringComparer.Ordinal) { ["EventCounterIntervalSec"] = EverySeconds };
        var counters = new EventPipeProvider("System.Runtime", EventLevel.Informational, keywords: 0, every);
        return new(processId, await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [counters], requestRundown: false, BufferMb, CancellationToken.None));
    }

    public double ResidentMb() => Status("VmRSS:") / 1024;

    public Insides Now()
    {
        lock (gate)
        {
            var now = new Insides(
                ResidentMb(), heapMb, committedMb, allocatedBytes / 1e6, (int)collections,
                (int)Status("Threads:"), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length);
            (allocatedBytes, collections) = (0, 0);
            return now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await session.StopAsync(CancellationToken.None);
        await reading;
        session.Dispose();
    }

    private double Status(string name) => double.Parse(
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private void Read()
    {
        using var source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += counted =>
        {
            if (counted.EventName != "EventCounters"
                || ((IDictionary<string, object>)counted.PayloadValue(0))["Payload"] is not IDictionary<string, object> counter)
                return;
            lock (gate)
            {
                switch (counter["Name"])
                {
                    case "gc-heap-size": heapMb = (double)counter["Mean"]; break;
                    case "gc-committed": committedMb = (double)counter["Mean"]; break;
                    case "alloc-rate": allocatedBytes += (double)counter["Increment"]; break;
                    case "gen-2-gc-count": collections += (double)counter["Increment"]; break;
                }
            }
        };
        source.Process();
    }
}
