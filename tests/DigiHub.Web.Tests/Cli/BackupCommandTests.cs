using System.Diagnostics;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Operations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DigiHub.Web.Tests.Cli;

/// <summary>Backup, verify, restore and the plan of migrations as an operator runs them: rules 32 to 36 of running a hub.</summary>
public abstract class BackupCommandTests(TestDatabase pooled) : IDisposable
{
    private static readonly string[] beginnings =
    [
        "There is a file of this name already", "E-mails and webhooks have rested since", "Nothing rests", "There is no such file.",
        "The database is in use. Stop the hub", "This file is not a complete and unchanged backup", "The database is up to date.",
    ];

    private readonly UnpooledDatabase database = new(pooled);

    protected UnpooledDatabase Database => database;

    private DataOptions Where => database.Options;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("digihub-backup-commands-").FullName;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Saves_verifies_and_restores_a_hub_and_lets_its_emails_go()
    {
        await using (var testHub = await TestHub.Open(database))
        {
            var file = Path.Combine(Folder, "monday.tar");
            var (code, text) = await Run("backup", file);
            Assert.True(code == 0, text);
            Assert.Contains($"Saved {file}", text, StringComparison.Ordinal);
            Assert.Contains($"'backup verify {file}'", text, StringComparison.Ordinal);
            Assert.Equal((1, "There is a file of this name already"), Beginning(await Run("backup", file)));

            (code, text) = await Run("backup", "verify", file);
            Assert.True(code == 0, text);
            Assert.StartsWith("Good: made ", text, StringComparison.Ordinal);
            Assert.NotNull((await testHub.Read(db => db.Backups.SingleAsync(Stop))).VerifiedAt);
            await testHub.Read(db => db.Members.Where(member => member.Id == testHub.Cast.Bob.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(member => member.Name, PersonName.Of("Robert")), Stop));

            (code, text) = await Run("restore", file);
            Assert.Equal(1, code);
            Assert.Contains("--replace", text, StringComparison.Ordinal);
        }

        var (restored, told) = await Run("restore", Path.Combine(Folder, "monday.tar"), "--replace");

        Assert.True(restored == 0, told);
        Assert.Contains("What was there is saved as ", told, StringComparison.Ordinal);
        Assert.Contains("'mail release'", told, StringComparison.Ordinal);
        Assert.Equal("Bob", await NameOfBob());
        var (doctor, why) = await Run("doctor");
        Assert.Equal(1, doctor);
        Assert.Contains("E-mails and webhooks have rested", why, StringComparison.Ordinal);
        Assert.Equal((0, "E-mails and webhooks have rested since"), Beginning(await Run("mail", "release")));
        Assert.Equal(64, (await Run("mail", "release", "--all", "--skip-overdue")).Code);
        var (released, said) = await Run("mail", "release", "--skip-overdue");
        Assert.True(released == 0, said);
        Assert.Contains("They leave again.", said, StringComparison.Ordinal);
        Assert.Equal((0, "Nothing rests"), Beginning(await Run("mail", "release")));
    }

    [Fact]
    public async Task Refuses_a_changed_byte_a_missing_file_and_a_database_in_use()
    {
        await using var testHub = await TestHub.Open(database);
        await using var connected = testHub.OpenDb();
        await connected.Database.OpenConnectionAsync(Stop);
        var file = Path.Combine(Folder, "monday.tar");
        var (code, text) = await Run("backup", file);
        Assert.True(code == 0, text);

        Assert.Equal((1, "The database is in use. Stop the hub"), Beginning(await Run("restore", file, "--replace")));
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[bytes.Length / 3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);
        Assert.Equal((1, "This file is not a complete and unchanged backup"), Beginning(await Run("backup", "verify", file)));
        Assert.Equal((1, "There is no such file."), Beginning(await Run("backup", "verify", file + "x")));
        Assert.Contains("The last is not good", (await Run("doctor")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_serves_is_not_restored_and_a_backup_of_it_is_good()
    {
        await using (var testHub = await TestHub.Open(database))
            Assert.NotNull(testHub.Cast);
        await using var hub = await HubProcess.Start(Where, ("Demo", "false"), ("Jobs:Workers", "0"), ("DataFolder", DataFolder));
        var file = Path.Combine(Folder, "serving.tar");

        var (saved, text) = await Run("backup", file);

        Assert.True(saved == 0, text);
        Assert.Equal((1, "The database is in use. Stop the hub"), Beginning(await Run("restore", file, "--replace")));
        Assert.Equal(0, (await Run("backup", "verify", file)).Code);
    }

    [Fact]
    public async Task Plans_what_is_pending_and_refuses_a_newer_database()
    {
        await using var testHub = await TestHub.Open(database);
        Assert.Equal((0, "The database is up to date."), Beginning(await Run("migrate", "--plan")));

        string[] all = [.. await testHub.Read(db => db.Database.GetAppliedMigrationsAsync(Stop))];
        await Migrated(testHub);
        try
        {
            var (code, text) = await Run("migrate", "--plan");
            Assert.Equal(0, code);
            Assert.Contains($"Pending: {string.Join(", ", all)}", text, StringComparison.Ordinal);
            Assert.Contains(Where.IsPostgres ? "Run 'backup' first" : $"before-{all[^1]}.tar", text, StringComparison.Ordinal);

            await Migrated(testHub, "29990101000000_FromTheFuture");
            foreach (var words in (string[][])[["migrate", "--plan"], ["migrate"], ["backup"]])
            {
                (code, text) = await Run(words);
                Assert.Equal(78, code);
                Assert.Contains("29990101000000_FromTheFuture", text, StringComparison.Ordinal);
            }
        }
        finally
        {
            await Migrated(testHub, all);
        }
    }

    [Fact]
    public Task Killed_while_it_restores_it_leaves_the_old_hub_or_the_new_one() => KillWhileRestoring(times: 2);

    /// <summary>In the run of the night.</summary>
    [Fact(Explicit = true)]
    public Task Killed_fifty_times_while_it_restores_it_leaves_the_old_hub_or_the_new_one() => KillWhileRestoring(times: 50);

    private async Task KillWhileRestoring(int times)
    {
        var file = Path.Combine(Folder, "before.tar");
        await using (var testHub = await TestHub.Open(database))
        {
            Assert.Equal(0, (await Run("backup", file)).Code);
            await testHub.Read(db => Rename(db, "Robert"));
        }

        var taken = Stopwatch.StartNew();
        Assert.Equal(0, (await Run("restore", file, "--replace")).Code);
        var whole = taken.Elapsed;
        var random = new Random(36);
        var (killed, rounds, restored) = (0, 0, 0);
        for (; killed < times && rounds < 4 * times; rounds++)
        {
            await using (var hub = Another())
            {
                await using var db = hub.GetRequiredService<HubDbFactory>().Open();
                await Rename(db, "Robert");
                await db.HubState.ExecuteDeleteAsync(Stop);
                await db.Backups.ExecuteDeleteAsync(Stop);
            }

            using (var process = HubCommand.Start(Settings, null, "restore", file, "--replace"))
            {
                var isOver = process.WaitForExitAsync(Stop);
                // The second half of its time is the restore, the first the start of the program.
                await Task.WhenAny(isOver, Task.Delay(whole * (0.4 + random.NextDouble() * 0.6), Stop));
                if (!process.HasExited)
                {
                    process.Kill();
                    killed++;
                }

                await isOver;
            }

            await Task.Delay(500, Stop); // what it had started notices
            var name = await NameOfBob();
            Assert.Contains(name, (string[])["Bob", "Robert"]);
            restored += name == "Bob" ? 1 : 0;
            await using (var hub = Another())
            {
                await using var db = hub.GetRequiredService<HubDbFactory>().Open();
                Assert.Empty(await CheckInvariants.Run(db, Stop));
                Assert.Equal(name == "Bob", (await db.HubStateNow(Stop)).RestingSince is not null && await db.Backups.AnyAsync(Stop));
            }

            Assert.Equal(0, (await Run("migrate")).Code);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills in {rounds} rounds, {restored} of them with the new hub");
        Assert.Equal(times, killed);
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        DropScratch();
        GC.SuppressFinalize(this);
    }

    private string DataFolder => Where.IsPostgres ? Folder : Path.GetDirectoryName(Where.SqliteFile)!;

    protected (string, string)[] Settings => Where.IsPostgres
        ? [("Database:Postgres", Where.Postgres!), ("DataFolder", Folder)]
        : [("DataFolder", DataFolder)];

    private Task<(int Code, string Text)> Run(params string[] arguments) => HubCommand.RunAlone(null, Settings, arguments);

    private static (int Code, string Text) Beginning((int Code, string Text) answer)
    {
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        var begins = beginnings.FirstOrDefault(known => answer.Text.StartsWith(known, StringComparison.Ordinal));
        return (answer.Code, begins ?? answer.Text);
    }

    /// <summary>What a killed restore has left beside the database is dropped after a day; tests do not wait for that.</summary>
    private void DropScratch()
    {
        if (!Where.IsPostgres)
            return;
        var own = new NpgsqlConnectionStringBuilder(Where.Postgres) { Pooling = false };
        var stem = own.Database![..30];
        own.Database = "postgres";
        using var connection = new NpgsqlConnection(own.ConnectionString);
        connection.Open();
        using var find = new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE $1", connection);
        find.Parameters.AddWithValue(stem + "%_scratch_%");
        List<string> left = [];
        using (var reader = find.ExecuteReader())
        {
            while (reader.Read())
                left.Add(reader.GetString(0));
        }

        foreach (var name in left)
        {
#pragma warning disable CA2100 // the names are our own
            using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
#pragma warning restore CA2100
            drop.ExecuteNonQuery();
        }
    }

    private ServiceProvider Another() => new ServiceCollection().AddLogging().AddHubDb(Where).BuildServiceProvider();

    private static Task<int> Rename(HubDb db, string name) => db.Members.Where(member => member.NormalizedEmail == "BOB@EXAMPLE.ORG")
        .ExecuteUpdateAsync(row => row.SetProperty(member => member.Name, PersonName.Of(name)), Stop);

    private async Task<string> NameOfBob()
    {
        await using var hub = Another();
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        return (await db.Members.SingleAsync(member => member.NormalizedEmail == "BOB@EXAMPLE.ORG", Stop)).Name.Text;
    }

    private static async Task Migrated(TestHub testHub, params string[] by)
    {
        await using var db = testHub.OpenDb();
        await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsHistory\"", Stop);
        foreach (var migration in by)
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ({migration}, '10')", Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : BackupCommandTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : BackupCommandTests(database), IClassFixture<PostgresDatabase>
    {
        [Fact]
        public async Task Without_the_programs_of_postgres_it_says_what_to_install()
        {
            await using var testHub = await TestHub.Open(Database);

            var (code, text) = await HubCommand.RunAlone(null, Settings, path: Folder, ["backup", Path.Combine(Folder, "x.tar")]);

            Assert.Equal(69, code);
            Assert.Contains("pg_dump is not installed", text, StringComparison.Ordinal);
            Assert.Contains("postgresql-client", text, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(Folder));
        }
    }
}
