using System.Diagnostics;
using System.Globalization;

namespace DigiHub.Bench;

/// <summary>
/// A mixed load for a while, with the jobs on and mails going into the folder: a curve of memory and time, a line a minute; then what grew,
/// by type. The load is closed: sixteen connections that ask again as soon as they are answered.
/// </summary>
/// <param name="hub">DigiHub.Web.dll as published.</param>
/// <param name="postgres">A PostgreSQL server; empty for the embedded SQLite.</param>
/// <param name="folder">For what the hub keeps in files.</param>
internal sealed class Soak(string hub, string postgres, string folder, TimeSpan duration)
{
    private const int Connections = 16;
    private const int Events = 40;
    private const int ResidentMbMax = 200;
    private const double GrowthMax = 0.05; // what two halves of a flat curve differ by on a machine that does other things as well
    private const int TypesTold = 12;
    private const int LinesMin = 4; // in a short run the lines are less than a minute

    private static readonly string[] Heads =
    [
        "minute", "resident MB", "most MB", "managed heap MB", "committed MB", "allocated MB/s", "full collections", "threads", "handles",
        "requests/s", "CPU ms each", "p50 ms", "p99 ms", "errors",
    ];

    private readonly Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private readonly List<Line> lines = [];

    /// <returns>How many goals were missed.</returns>
    public async Task<int> Run()
    {
        await using var database = postgres.Length > 0
            ? await BenchDatabase.OnPostgres(postgres, now, deskDaysBack: 20)
            : await BenchDatabase.OnSqlite(folder, now);
        IReadOnlyList<SeededEvent> events;
        await using (var db = database.Open())
            events = await new Seeds(db, now).Announce(Events, CancellationToken.None);
        await using var server = await Server.Hub(hub, ("DataFolder", folder), database.Setting, ("Jobs:Workers", "2"));
        await using var look = await Look.Into(server.ProcessId);
        Tell($"Ready after {server.ReadyAfter.TotalSeconds:0.0} s with {look.ResidentMb():0} MB.");
        Tell($"{Environment.ProcessorCount} processors, load {LoadAverage()}; {Connections} connections without a pause");
        Tell($"");
        Row(Heads);
        Console.WriteLine("|" + string.Concat(Heads.Select(_ => "---:|")));

        using var stop = new CancellationTokenSource();
        var load = new SoakLoad(new Requests(Seeds.Today(now)), Seeds.Today(now), events);
        var samples = new Samples();
        var workers = Enumerable.Range(0, Connections)
            .Select(_ => Task.Run(() => load.Run(server.Port, samples.Add, stop.Token))).ToArray();
        var (half, whole) = await Watch(server, look, samples, Task.WhenAll(workers));
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        return Judge(half, whole);
    }

    private async Task<(Heap Half, Heap Whole)> Watch(Server server, Look look, Samples samples, Task load)
    {
        var count = Math.Max(LinesMin, (int)duration.TotalMinutes);
        Heap? half = null;
        for (var i = 1; i <= count; i++)
        {
            var (most, cpu) = (0.0, server.Cpu());
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < duration / count && !load.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
                most = Math.Max(most, look.ResidentMb());
            }

            if (load.IsFaulted)
                await load; // says what went wrong
            var seen = samples.Take(watch.Elapsed);
            Add(new Line(duration.TotalMinutes * i / count, look.Now(), most, server.Cpu() - cpu, seen), watch.Elapsed);
            if (i == count / 2)
                half = await Heap.Of(server.ProcessId);
        }

        return (half!, await Heap.Of(server.ProcessId));
    }

    private void Add(Line line, TimeSpan took)
    {
        lines.Add(line);
        var (inside, load) = (line.Inside, line.Load);
        var errors = load.Statuses.Where(status => !IsExpected(status.Key)).Select(status => Text($"{status.Value} × {status.Key}"));
        Row(
        [
            Text($"{line.Minute:0.#}"), Text($"{inside.ResidentMb:0}"), Text($"{line.MostMb:0}"),
            Text($"{inside.HeapMb:0.0}"), Text($"{inside.CommittedMb:0.0}"), Text($"{inside.AllocatedMb / took.TotalSeconds:0.0}"),
            Text($"{inside.Collections}"), Text($"{inside.Threads}"), Text($"{inside.Handles}"),
            Text($"{load.PerSecond:0}"), Text($"{line.Cpu.TotalMilliseconds / load.Count:0.0}"),
            Text($"{load.Percentile(50):0.0}"), Text($"{load.Percentile(99):0.0}"), string.Join(", ", errors.DefaultIfEmpty("0")),
        ]);
    }

    private int Judge(Heap half, Heap whole)
    {
        var report = new Report();
        var most = lines.Max(line => line.MostMb);
        report.Goal(most < ResidentMbMax, $"resident memory {most:0} MB at most; goal under {ResidentMbMax} MB");

        // The first half warms up; the second must be flat.
        var second = lines[(lines.Count / 2)..];
        var (before, after) = (Middle(second[..(second.Count / 2)]), Middle(second[(second.Count / 2)..]));
        var isFlat = after < before * (1 + GrowthMax);
        report.Goal(isFlat, $"in the second half from {before:0} to {after:0} MB resident; goal at most {GrowthMax:P0} more");
        var isRight = lines.TrueForAll(line => line.Load.Statuses.Keys.All(IsExpected));
        report.Must(isRight, $"every answer as expected; goal all");

        Tell($"");
        Tell($"Reachable objects at half time {half.Mb:0.0} MB, at the end {whole.Mb:0.0} MB. What takes the most:");
        foreach (var type in whole.Largest(TypesTold))
            Tell($"  {type.Bytes / 1e6,7:0.00} MB {type.Count,9:N0}  {type.Name}");
        Tell($"What grew in the second half:");
        foreach (var type in whole.GrownSince(half, TypesTold))
            Tell($"  {type.Bytes / 1e6,7:+0.00} MB {type.Count,9:N0}  {type.Name}");
        report.PrintGoals();
        return report.Missed;
    }

    private static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private static void Tell(FormattableString text) => Console.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static bool IsExpected(int status) => status is 200 or 201 or 204;

    private static double Middle(List<Line> some) => some.Select(line => line.MostMb).Order().ElementAt(some.Count / 2);

    private sealed record Line(double Minute, Insides Inside, double MostMb, TimeSpan Cpu, LoadResult Load);

    /// <summary>What all connections have seen since somebody last looked.</summary>
    private sealed class Samples
    {
        private readonly Lock gate = new();
        private List<double> milliseconds = [];
        private Dictionary<int, int> statuses = [];

        public void Add(int status, double took)
        {
            lock (gate)
            {
                milliseconds.Add(took);
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
        }

        public LoadResult Take(TimeSpan during)
        {
            lock (gate)
            {
                milliseconds.Sort();
                var result = new LoadResult(during, milliseconds, statuses, bytes: 0);
                (milliseconds, statuses) = ([], []);
                return result;
            }
        }
    }
}
