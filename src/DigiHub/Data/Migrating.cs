using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DigiHub.Data;

/// <summary>
/// Brings the database to this version's shape, at the start of any process, by one process at a time, and lays down the
/// laws of claims and of the catalogue again after every migration.
/// </summary>
public sealed class Migrating(HubDbFactory databases, DataOptions options, ILogger<Migrating> log)
{
    private const long PostgresLockKey = 0x4469_6769_4875_62; // "DigiHub"
    private static readonly TimeSpan waitMax = TimeSpan.FromMinutes(2);

    public async Task Run(CancellationToken stop)
    {
        await using var db = databases.Open();
        if (options.IsPostgres)
            await UnderPostgresLock(() => Migrate(db, ClaimLaw.Postgres + CatalogueLaw.Postgres, stop), stop);
        else
            await UnderFileLock(() => MigrateSqlite(db, stop), stop);
    }

    /// <summary>The names of migrations that this version has and the database has not.</summary>
    public async Task<IReadOnlyList<string>> Missing(CancellationToken stop)
    {
        await using var db = databases.Open();
        return [.. await db.Database.GetPendingMigrationsAsync(stop)];
    }

    private async Task Migrate(HubDb db, string law, CancellationToken stop)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count > 0)
        {
            log.LogInformation("Applying {Count} migrations up to {Last}", pending.Count, pending[^1]);
            await db.Database.MigrateAsync(stop);
        }

        // At every start: whoever died, or was not allowed to, between the migration and the law never serves without it.
        await db.Database.ExecuteSqlRawAsync(law, stop);
    }

    private async Task MigrateSqlite(HubDb db, CancellationToken stop)
    {
        // A process killed in the middle of a migration leaves EF's lock row behind; we hold the real lock, so it is stale.
        if (File.Exists(options.SqliteFile))
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); DELETE FROM \"__EFMigrationsLock\"", stop);
        await Migrate(db, ClaimLaw.Sqlite + CatalogueLaw.Sqlite, stop);
    }

    // EF's own lock does not cover the making of its history table. The connection is unpooled: a pooled one would keep the lock.
    private async Task UnderPostgresLock(Func<Task> migrate, CancellationToken stop)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(options.Postgres) { Pooling = false, CommandTimeout = (int)waitMax.TotalSeconds };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", PostgresLockKey);
        await command.ExecuteNonQueryAsync(stop);
        await migrate();
    }

    // The system frees the file's lock when the process ends, however it ends.
    private async Task UnderFileLock(Func<Task> migrate, CancellationToken stop)
    {
        var path = options.SqliteFile + ".migrating";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(waitMax);
        while (true)
        {
            try
            {
                await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                await migrate();
                return;
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }
}
