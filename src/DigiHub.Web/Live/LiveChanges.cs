using System.Collections.Concurrent;
using System.Threading.Channels;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Web.Live;

/// <summary>
/// Tells open pages that something has changed, and the other processes, whose pages are to know, too. What has changed within a tenth of
/// a second is told as one, so a crowd that books costs each page one new look. It tells nothing but "look again": what a reader may see
/// is decided when their page is asked for.
/// </summary>
public sealed class LiveChanges(LiveChannel channel, IServiceProvider services, ILogger<LiveChanges> log) : BackgroundService, ILiveSignal
{
    /// <summary>Of one member, all tabs and devices together.</summary>
    public const int OfOneMax = 12;

    /// <summary>At this process.</summary>
    public const int ListenersMax = 5_000;

    private const int GatheredMax = 4_000;
    private const string Everything = "*";

    private static readonly TimeSpan gather = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan afterFailure = TimeSpan.FromSeconds(2);

    private readonly string own = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<LiveListener, byte> listeners = [];
    private readonly Channel<ShownAt> shown = Channel.CreateBounded<ShownAt>(GatheredMax);
    private int everything; // 1: more has changed than is told one by one

    /// <summary>Null where there are too many; the page asks again later.</summary>
    public LiveListener? Listen(int? siteId, LocalDate? day, Guid whoseId)
    {
        if (listeners.Count >= ListenersMax || listeners.Keys.Count(one => one.WhoseId == whoseId) >= OfOneMax)
            return null;
        var listener = new LiveListener(siteId, day, whoseId);
        listeners[listener] = 0;
        return listener;
    }

    public void Leave(LiveListener listener) => listeners.TryRemove(listener, out _);

    public int Listeners => listeners.Count;

    public void Signal(IReadOnlyList<ShownAt> shown, bool everything)
    {
        if (everything || !shown.All(this.shown.Writer.TryWrite))
            Interlocked.Exchange(ref this.everything, 1);
        if (everything)
            this.shown.Writer.TryWrite(default); // wakes the one who gathers
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Again(Gather, stoppingToken), channel.IsShared ? Again(Hear, stoppingToken) : Task.CompletedTask);

    private async Task Again(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) // pages look again each minute by themselves
            {
                log.LogInformation(exception, "Open pages cannot be told of changes for the moment");
                await Task.Delay(afterFailure, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Gather(CancellationToken stop)
    {
        while (await shown.Reader.WaitToReadAsync(stop))
        {
            await Task.Delay(gather, stop);
            var all = Interlocked.Exchange(ref everything, 0) == 1;
            HashSet<ShownAt> gathered = [];
            while (shown.Reader.TryRead(out var one))
                gathered.Add(one);
            var changes = all ? null : await Changes(gathered, stop);
            if (changes is { Count: 0 })
                continue;
            Tell(changes);
            if (channel.IsShared)
                await channel.Tell($"{own} {Written(changes)}", stop);
        }
    }

    private async Task<HashSet<LiveChange>> Changes(IEnumerable<ShownAt> gathered, CancellationToken stop)
    {
        // Not injected: the catalogue needs the unit of work, which needs this.
        var map = await services.GetRequiredService<Catalogue>().Map(stop);
        return [.. gathered.Select(one => LiveChange.Of(one, map)).OfType<LiveChange>()];
    }

    private static string Written(HashSet<LiveChange>? changes)
    {
        var text = changes is null ? Everything : string.Join(' ', changes.Select(change => change.Write()));
        return text.Length <= LiveChannel.TextMax - 40 ? text : Everything;
    }

    /// <summary>What other processes tell. After a broken connection nobody knows what was missed.</summary>
    private Task Hear(CancellationToken stop) => channel.Listen(() => Tell(null), text =>
    {
        var parts = text.Split(' ');
        if (parts[0] != own)
            Tell(parts.Contains(Everything) ? null : [.. parts.Skip(1).Select(LiveChange.Read).OfType<LiveChange>()]);
    }, stop);

    /// <param name="changes">Null: everything.</param>
    private void Tell(HashSet<LiveChange>? changes)
    {
        foreach (var listener in listeners.Keys)
        {
            if (changes is null || changes.Any(listener.Wants))
                listener.Tell();
        }
    }
}
