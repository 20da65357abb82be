using System.Globalization;
using NodaTime.Text;

namespace DigiHub.Bench;

/// <summary>The whole measurement, in the order it is told: what is read, what is booked, the race, and the embedded default.</summary>
/// <param name="hub">DigiHub.Web.dll as published.</param>
/// <param name="postgres">A PostgreSQL server, default durability.</param>
/// <param name="folder">For the SQLite file.</param>
internal sealed class Measurement(string hub, string postgres, string folder, bool isQuick = false)
{
    private const int Few = 16;
    private const int Many = 64;
    private const int MemoryMbMax = 200;
    private static readonly TimeSpan readyMax = TimeSpan.FromSeconds(2);

    private readonly Report report = new();
    private readonly Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private readonly TimeSpan warmUp = TimeSpan.FromSeconds(isQuick ? 1 : 10);
    private readonly TimeSpan duration = TimeSpan.FromSeconds(isQuick ? 1 : 8);

    /// <summary>
    /// Each figure is the median of so many, its ceiling before and after each: a machine's speed varies within a minute.
    /// </summary>
    private readonly int rounds = isQuick ? 1 : 3;
    private readonly List<double> memories = [];
    private string? only;

    /// <returns>
    /// How many goals were missed; of the quick form, whose figures mean little, only those that are about right and wrong.
    /// </returns>
    public async Task<int> Run()
    {
        await Measure();
        return isQuick ? report.Wrong : report.Missed;
    }

    /// <summary>One of the figures alone, for who works on it: "page", "json", "any", "book" or "sqlite".</summary>
    public async Task<int> Only(string figure)
    {
        only = figure;
        await Measure();
        return report.Missed;
    }

    /// <returns>How many figures have fallen since the newest record, and how many answers were wrong.</returns>
    public async Task<int> Check(Ratios ratios)
    {
        await Measure();
        var fallen = ratios.Fallen(report.Shares);
        foreach (var figure in fallen)
            Console.WriteLine("FELL    " + figure);
        if (fallen.Count == 0)
            Console.WriteLine("Nothing fell by more than a fifth since the newest record.");
        return fallen.Count + report.Wrong;
    }

    /// <summary>Adds a record, and writes the table into the document between its two marks.</summary>
    /// <returns>How many answers were wrong: then nothing is recorded.</returns>
    public async Task<int> Record(Ratios ratios, string document, string commit)
    {
        await Measure();
        if (report.Wrong > 0)
            return report.Wrong;
        var date = LocalDatePattern.Iso.Format(Seeds.Today(now));
        ratios.Add(date, commit, report.Shares);
        MeasuredTable.Write(document, report, date, commit);
        return 0;
    }

    private async Task Measure()
    {
        Say($"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB; ",
            $"driver, servers and databases share them");
        var deskDaysBack = isQuick ? 20 : Seeds.DeskDaysBack;
        Say($"Seeding {Seeds.Rooms} rooms with 10,000 bookings and {Seeds.Desks} desks, each with one a day for {deskDaysBack} days");
        var requests = new Requests(Seeds.Today(now));
        if (only != "sqlite")
        {
            await using var database = await BenchDatabase.OnPostgres(postgres, now, deskDaysBack);
            await using (await Server.Hub(hub, database.Setting))
            {
                // The first start fills the disk's cache; the second is what a restart takes.
            }

            await using var ceiling = await Server.Ceiling();
            await using var server = await Server.Hub(hub, database.Setting);
            report.Goal(server.ReadyAfter < readyMax,
                $"ready {server.ReadyAfter.TotalSeconds:0.00} s after the start on an existing database; ",
                $"goal under {readyMax.TotalSeconds:0} s");

            await Read(server, ceiling, requests);
            if (Wants("book"))
            {
                await Book(server, database, requests);
                await using var second = await Server.Hub(hub, database.Setting);
                await Race("PostgreSQL, two processes", [server, second], database, requests);
            }
        }

        if (Wants("sqlite"))
            await OnSqlite(requests);
        if (memories.Count > 0)
            report.Goal(memories.Max() < MemoryMbMax,
                $"memory of the server process under load {memories.Max():0} MB at most; goal under {MemoryMbMax} MB");
        report.Print();
    }

    private bool Wants(string figure) => only is null || only == figure;

    private async Task Read(Server server, Server ceiling, Requests requests)
    {
        Say($"Reading");
        if (Wants("page"))
            await Driver.Run(server.Port, Few, warmUp, _ => requests.DayPage);
        if (Wants("json"))
            await Driver.Run(server.Port, Few, warmUp, requests.DayAvailability);
        if (Wants("any"))
            await Driver.Run(server.Port, 1, warmUp / 2, requests.AnyFreeDesk);
        await Driver.Run(ceiling.Port, Few, warmUp / 2, _ => Ceiling.Empty);
        await Driver.Run(ceiling.Port, Few, warmUp / 2, _ => Ceiling.Rows);

        if (Wants("page"))
        {
            var page = await Beside(ceiling, "empty endpoint", Ceiling.Empty,
                "day page, 50 rooms, 200 bookings", server, _ => requests.DayPage);
            Promise("day page", page, 0.04, Peer.DayPage);
            report.Goal(page.Load.BytesEach < 60_000, $"day page {page.Load.BytesEach / 1000:0.0} KB compressed; goal under 60 KB");
        }

        if (Wants("json"))
            Promise("day availability",
                await Beside(ceiling, "200 rows as JSON", Ceiling.Rows, "day availability, JSON", server, requests.DayAvailability),
                0.20, Peer.DayAvailability);

        if (Wants("any"))
            await AnyFree(server, requests);
    }

    private async Task AnyFree(Server server, Requests requests)
    {
        var any = await Median(
            () => Measured.Of("any free desk of 500 among a million bookings", server, 1, duration, requests.AnyFreeDesk));
        Add(any, 200);
        report.Goal(any.Load.Percentile(99) < 5,
            $"any free desk: p99 {any.Load.Percentile(99):0.0} ms on one connection; goal under 5 ms");
    }

    private async Task<Measured> Beside(
        Server ceiling, string ceilingName, byte[] ceilingRequest, string what, Server server, Func<int, byte[]> request)
    {
        Measured? first = null;
        foreach (var connections in new[] { Few, Many })
        {
            var measured = await Median(async () => await Between(
                async () => (await Driver.Run(ceiling.Port, connections, duration / 4, _ => ceilingRequest)).PerSecond,
                () => Measured.Of(what, server, connections, duration, request)));
            report.AddCeiling("ceiling: " + ceilingName, connections, measured.Ceiling);
            Add(measured, 200);
            first ??= measured;
        }

        return first!;
    }

    private async Task Book(Server server, BenchDatabase database, Requests requests)
    {
        Say($"Booking");
        var next = 0;
        await Driver.Run(server.Port, Few, warmUp, _ => requests.Book(Interlocked.Increment(ref next)));
        foreach (var connections in new[] { Few, Many })
        {
            var measured = await Median(async () => await Between(
                () => DatabaseCeiling.Pgbench(database.ConnectionString, connections, duration / 2),
                () => Measured.Of("booking by API, PostgreSQL", server,
                    connections, duration, _ => requests.Book(Interlocked.Increment(ref next)))));
            report.AddCeiling("ceiling: insert by pgbench", connections, measured.Ceiling);
            Add(measured, 201);
            if (connections != Few)
                continue;
            Promise("booking", measured, 0.30, Peer.Booking);
            report.Goal(measured.Load.Percentile(99) < 40,
                $"booking: p99 {measured.Load.Percentile(99):0.0} ms at {Few} connections; goal under 40 ms");
        }

        report.AddCeiling("ceiling: insert by pgbench", 1, await DatabaseCeiling.Pgbench(database.ConnectionString, 1, duration / 2));
    }

    private async Task OnSqlite(Requests requests)
    {
        Say($"The embedded default, SQLite");
        await using var database = await BenchDatabase.OnSqlite(folder, now);
        await using var server = await Server.Hub(hub, database.Setting);
        var next = 0;
        await Driver.Run(server.Port, Few, warmUp, _ => requests.Book(Interlocked.Increment(ref next)));
        var booked = await Median(async () => await Between(
            () => Task.FromResult<double?>(DatabaseCeiling.Sqlite(folder, duration / 4)),
            () => Measured.Of("booking by API, SQLite", server, Few, duration, _ => requests.Book(Interlocked.Increment(ref next)))));
        report.AddCeiling("ceiling: SQLite's own insert, one writer", 1, booked.Ceiling);
        Add(booked, 201);
        Promise("booking on SQLite", booked, 0.60, peer: null);
        await Race("SQLite, one process", [server], database, requests);
    }

    /// <summary>64 at once for one slot, again and again, on new connections to each process in turn; then the rows are counted.</summary>
    private async Task Race(string where, Server[] servers, BenchDatabase database, Requests requests)
    {
        var races = isQuick ? 10 : 50;
        Say($"The race on {where}");
        var statuses = new Dictionary<int, int>();
        var before = await database.Bookings();
        for (var round = 0; round < races; round++)
        {
            var volley = await Driver.Volley([.. servers.Select(server => server.Port)], Many, racer => requests.Race(round, racer));
            foreach (var (status, count) in volley.Statuses)
                statuses[status] = statuses.GetValueOrDefault(status) + count;
        }

        var (tooMany, overlaps) = (await database.Bookings() - before - races, await database.OverlappingPairs());
        var told = string.Join(", ", statuses.OrderBy(status => status.Key)
            .Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value} × {status.Key}")));
        report.Must(tooMany == 0 && overlaps == 0,
            $"race on {where}: {Many} at once for one slot, {races} rounds: {tooMany} bookings too many or too few, ",
            $"{overlaps} overlapping pairs in the database ({told}); goal 0");
    }

    private void Promise(string what, Measured measured, double goal, Peer? peer) => report.Goal(measured.Share >= goal,
        $"{what}: {measured.Load.PerSecond:0}/s at {measured.Connections} connections = {measured.Share:P1} of the ceiling; goal {goal:P0}",
        peer is null ? (FormattableString)$"" : $" (best peer on another day: {peer.Name} {peer.PerSecond:0}/s)");

    /// <summary>Of several rounds the one in the middle, by its share of the ceiling or, without one, by its speed.</summary>
    private async Task<Measured> Median(Func<Task<Measured>> round)
    {
        List<Measured> all = [];
        while (all.Count < rounds)
            all.Add(await round());
        return all.OrderBy(measured => measured.Share ?? measured.Load.PerSecond).ElementAt(all.Count / 2);
    }

    /// <summary>Half of the ceiling before, half after.</summary>
    private static async Task<Measured> Between(Func<Task<double?>> ceiling, Func<Task<Measured>> measure)
    {
        var before = await ceiling();
        var measured = await measure();
        return measured with { Ceiling = (before + await ceiling()) / 2 };
    }

    private void Add(Measured measured, params int[] expected)
    {
        report.Add(measured, expected);
        if (measured.MemoryMb is { } memory)
            memories.Add(memory);
    }

    private static void Say(params FormattableString[] parts) =>
        Console.Error.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));
}
