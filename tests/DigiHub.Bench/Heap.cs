using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace DigiHub.Bench;

/// <summary>What lives on the managed heap of another process, by type: its runtime collects once and tells what is left.</summary>
internal sealed class Heap
{
    // All objects are told within a second. The process itself lends the memory, and has it back afterwards.
    private const int BufferMb = 64;
    private static readonly TimeSpan timeMax = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ulong, string> names = [];
    private readonly Dictionary<ulong, (long Count, long Bytes)> types = [];

    /// <summary>Megabytes of all objects that are reachable.</summary>
    public double Mb => types.Values.Sum(type => type.Bytes) / 1e6;

    public static async Task<Heap> Of(int processId)
    {
        var heap = new Heap();
        var runtime = new EventPipeProvider(
            "Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GCHeapSnapshot);
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [runtime], requestRundown: false, BufferMb, CancellationToken.None);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => heap.Read(session.EventStream, done));
        await Task.WhenAny(done.Task, reading, Task.Delay(timeMax));
        await session.StopAsync(CancellationToken.None);
        await reading;
        return heap;
    }

    /// <summary>The types that take the most.</summary>
    public IEnumerable<(string Name, long Count, long Bytes)> Largest(int count) => ByName()
        .Select(type => (type.Key, type.Value.Count, type.Value.Bytes)).OrderByDescending(type => type.Bytes).Take(count);

    /// <summary>The types that took less before: by how many objects and bytes they grew, the most first.</summary>
    public IEnumerable<(string Name, long Count, long Bytes)> GrownSince(Heap before, int count)
    {
        var earlier = before.ByName();
        return ByName().Select(type => (type.Key, Was: earlier.GetValueOrDefault(type.Key), Is: type.Value))
            .Select(type => (type.Key, type.Is.Count - type.Was.Count, Bytes: type.Is.Bytes - type.Was.Bytes))
            .Where(type => type.Bytes > 0).OrderByDescending(type => type.Bytes).Take(count);
    }

    private Dictionary<string, (long Count, long Bytes)> ByName() => types
        .GroupBy(type => names.GetValueOrDefault(type.Key, "?"), type => type.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (group.Sum(type => type.Count), group.Sum(type => type.Bytes)), StringComparer.Ordinal);

    private void Read(Stream events, TaskCompletionSource done)
    {
        using var source = new EventPipeEventSource(events);
        var collection = -1;
        source.Clr.TypeBulkType += bulk =>
        {
            for (var i = 0; i < bulk.Count; i++)
                names[bulk.Values(i).TypeID] = bulk.Values(i).TypeName;
        };
        source.Clr.GCBulkNode += bulk =>
        {
            for (var i = 0; i < bulk.Count; i++)
            {
                var node = bulk.Values(i);
                var (count, bytes) = types.GetValueOrDefault(node.TypeID);
                types[node.TypeID] = (count + 1, bytes + (long)node.Size);
            }
        };
        // Its own collection, not one that was running already.
        source.Clr.GCStart += start =>
        {
            if (collection < 0 && start.Depth == 2 && start.Reason == Microsoft.Diagnostics.Tracing.Parsers.Clr.GCReason.Induced)
                collection = start.Count;
        };
        source.Clr.GCStop += stop =>
        {
            if (stop.Count == collection)
                done.TrySetResult();
        };
        source.Process();
    }
}
