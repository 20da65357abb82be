using System.Diagnostics;
using System.Globalization;
using System.Text;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Operations;
using DigiHub.Tests;
using DigiHub.Web.Tests.Cli;

namespace DigiHub.Web.Tests.Imports;

/// <summary>
/// An import of bookings by real processes that are killed (SIGKILL) again and again while they write: afterwards each row is written once
/// or refused once, as if nothing had happened.
/// <para>The nightly run kills fifty times, which takes some minutes.</para>
/// </summary>
public abstract class KilledImportTests(TestDatabase database)
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10); // a busy machine writes thirty rows a second

    [Fact]
    public Task Killed_again_and_again_it_loses_no_row_and_writes_none_twice() => Run(kills: 4, rows: 400);

    [Fact(Explicit = true)]
    public Task Killed_fifty_times_it_loses_no_row_and_writes_none_twice() => Run(kills: 50, rows: 5_000);

    private async Task Run(int kills, int rows)
    {
        await using var testHub = await TestHub.Open(database);
        var file = Path.Combine(Path.GetTempPath(), $"digihub-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, Table(rows), TestContext.Current.CancellationToken);
        try
        {
            var killed = 0;
            var doomed = Start("import", "csv", "bookings", file, "--site", "east");
            for (; killed < kills; killed++)
            {
                var before = await Written(testHub);
                if (!await SomeMore(testHub, doomed, before))
                    break; // it was quicker
                await Task.Delay(Random.Shared.Next(0, 200), TestContext.Current.CancellationToken);
                doomed.Kill();
                await doomed.WaitForExitAsync(TestContext.Current.CancellationToken);
                doomed.Dispose();
                doomed = Start("import", "continue");
            }

            await doomed.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills, {rows} rows");
            Assert.True(killed > 0, "It was never killed.");
            Assert.Equal(Refused, doomed.ExitCode); // some rows are
            doomed.Dispose();
        }
        finally
        {
            File.Delete(file);
        }

        await Check(testHub, rows);
    }

    private const int Refused = 1;

    /// <summary>Every tenth row is where another is already.</summary>
    private static string Table(int count)
    {
        var text = new StringBuilder("Buchungsnummer;Raum;Von;Bis;E-Mail\n");
        for (var i = 0; i < count; i++)
        {
            var slot = IsTaken(i) ? i - 1 : i;
            var start = new LocalDate(2026, 1, 5).PlusDays(slot / 3 / 24) + new LocalTime(8, 0).PlusMinutes(30 * (slot / 3 % 24));
            text.Append(CultureInfo.InvariantCulture,
                $"N{i};{(slot % 3) switch { 0 => "Spree", 1 => "Panke", _ => "Booth 1" }};{start:uuuu-MM-dd HH:mm};");
            text.Append(CultureInfo.InvariantCulture, $"{start.PlusMinutes(30):uuuu-MM-dd HH:mm};");
            text.Append(i % 2 == 0 ? "ada@example.org\n" : "bob@example.org\n");
        }

        return text.ToString();
    }

    private static bool IsTaken(int row) => row % 10 == 9;

    private static async Task Check(TestHub testHub, int rows)
    {
        var expected = Enumerable.Range(0, rows).Count(row => !IsTaken(row));
        await using var db = testHub.OpenDb();
        var imported = await db.Imports.SingleAsync();
        Assert.Equal(ImportState.Done, imported.State);
        var kept = await db.ImportRows.AsNoTracking().OrderBy(row => row.Line).ToListAsync();
        Assert.Equal(rows, kept.Count);
        Assert.All(kept, row => Assert.Equal(IsTaken(row.Line - 2) ? RowOutcome.Refused : RowOutcome.New, row.Outcome));
        Assert.All(kept.Where(row => row.Outcome == RowOutcome.New), row => Assert.NotNull(row.DoneAt));
        Assert.Equal(expected, kept.Select(row => row.OurId).OfType<Guid>().Distinct().Count());
        Assert.Equal(expected, await db.Bookings.CountAsync());
        Assert.Equal(expected, await db.ForeignRows.CountAsync());
        Assert.Equal(expected, await db.Claims.Select(claim => claim.HolderId).Distinct().CountAsync());
        Assert.Equal(expected, await db.Activity.CountAsync(act => act.Act == "booking.entered"));
        Assert.Empty(await CheckInvariants.Run(db, TestContext.Current.CancellationToken));
    }

    private static Task<int> Written(TestHub testHub) => testHub.Read(db => db.Bookings.CountAsync());

    /// <summary>False: it has ended before.</summary>
    private static async Task<bool> SomeMore(TestHub testHub, Process process, int before)
    {
        var watch = Stopwatch.StartNew();
        while (await Written(testHub) <= before)
        {
            if (process.HasExited)
                return false;
            Assert.True(watch.Elapsed < patience, "It writes nothing.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return !process.HasExited;
    }

    private Process Start(params string[] arguments) => HubCommand.Start(
        database.Options.IsPostgres
            ? [("Database:Postgres", database.Options.Postgres!)]
            : [("DataFolder", Path.GetDirectoryName(database.Options.SqliteFile)!)],
        path: null, arguments);

    public sealed class OnSqlite(SqliteDatabase database) : KilledImportTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : KilledImportTests(database), IClassFixture<PostgresDatabase>;
}
