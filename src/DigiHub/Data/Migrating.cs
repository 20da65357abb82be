using System.Diagnostics;
using DigiHub.Data.Backups;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DigiHub.Data;

/// <summary>
/// Migrates the database at the start of any process, by one process at a time, and creates the
/// overlap constraint and the catalogue triggers again after every migration. A SQLite database with something in it is backed up before.
/// </summary>
/// <param name="backups">Null: the database is a copy already.</param>
public sealed class Migrating(
    HubDbFactory databases, DataOptions options, ILogger<Migrating> log, BackupEngine? backups = null, IClock? clock = null)
{
    private const int NamesMax = 100;

    private const long PostgresLockKey = 0x4469_6769_4875_62; // "DigiHub"
    private static readonly TimeSpan waitMax = TimeSpan.FromMinutes(2);

    /// <returns>Where the database was saved before; null if it was not.</returns>
    /// <exception cref="DatabaseOfAnotherVersionException">Nothing was changed.</exception>
    /// <exception cref="TimeoutException">Another process has been at it for two minutes.</exception>
    public async Task<string?> Run(CancellationToken stop)
    {
        await using var db = databases.Open();
        return options.IsPostgres
            ? await UnderPostgresLock(() => Migrate(db, OverlapConstraint.Postgres + CatalogueTriggers.Postgres, stop), stop)
            : await UnderFileLock(() => MigrateSqlite(db, stop), stop);
    }

    /// <summary>The names of migrations that this version has and the database has not.</summary>
    public async Task<IReadOnlyList<string>> Missing(CancellationToken stop)
    {
        await using var db = databases.Open();
        return [.. await db.Database.GetPendingMigrationsAsync(stop)];
    }

    /// <summary>Where the database is saved before it is migrated; null where that is the operator's, with PostgreSQL.</summary>
    public string? BackupBefore(IReadOnlyList<string> pending) =>
        options.IsPostgres || pending.Count == 0 ? null : Enumerable.Range(1, NamesMax)
            .Select(number => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.SqliteFile))!, "backups",
                $"before-{pending[^1]}{(number == 1 ? "" : $"-{number}")}{BackupFile.Ending}"))
            .First(path => !File.Exists(path));

    /// <summary>Only reads: a missing database is an exception of its engine.</summary>
    public async Task<DatabaseShape> Shape(CancellationToken stop)
    {
        await using var db = databases.Open();
        await db.Database.OpenConnectionAsync(stop); // EF takes a PostgreSQL database that is not there for an empty one
        return await Shape(db, stop);
    }

    private static async Task<DatabaseShape> Shape(HubDb db, CancellationToken stop)
    {
        List<string> known = [.. db.Database.GetMigrations()];
        List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync(stop)];
        return new DatabaseShape([.. known.Except(applied, StringComparer.Ordinal)], [.. applied.Except(known, StringComparer.Ordinal)]);
    }

    private async Task<string?> Migrate(HubDb db, string constraints, CancellationToken stop)
    {
        var (pending, unknown) = await Shape(db, stop);
        if (unknown.Count > 0)
            throw new DatabaseOfAnotherVersionException(unknown);
        string? saved = null;
        if (pending.Count > 0)
        {
            saved = await BackUp(db, pending, stop);
            log.LogInformation("Applying {Count} migrations up to {Last}", pending.Count, pending[^1]);
            await db.Database.MigrateAsync(stop);
        }

        // At every start: a process that died between the migration and the constraint must not lead to a hub without it.
        await db.Database.ExecuteSqlRawAsync(constraints, stop);
        return saved;
    }

    private async Task<string?> BackUp(HubDb db, IReadOnlyList<string> pending, CancellationToken stop)
    {
        if (backups is null || BackupBefore(pending) is not { } path || await IsNew(db, stop))
            return null;
        var saved = await backups.Save(path,
            clock?.GetCurrentInstant() ?? Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(options.SqliteFile)),
            stop);
        if (!saved.IsDone)
            throw new IOException(saved.Refusal.Message.English);
        log.LogInformation("Saved the database as {Path} before migrating it", path);
        return path;
    }

    private static async Task<bool> IsNew(HubDb db, CancellationToken stop) => (await db.Database.SqlQueryRaw<string>(
        "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE "
            + "'sqlite%'")
        .ToListAsync(stop)).Count == 0;

    private async Task<string?> MigrateSqlite(HubDb db, CancellationToken stop)
    {
        if (!File.Exists(options.SqliteFile))
            await File.Create(options.SqliteFile).DisposeAsync(); // never one that is there: closing it would free SQLite's own locks on it
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", stop);
        // A process killed in the middle of a migration leaves EF's lock row behind; we hold the real lock, so it is stale.
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); "
                + "DELETE FROM \"__EFMigrationsLock\"", stop);
        return await Migrate(db, OverlapConstraint.Sqlite + CatalogueTriggers.Sqlite, stop);
    }

    // EF's own lock does not cover the creation of its history table. The connection is unpooled: a pooled one would keep the lock.
    private async Task<string?> UnderPostgresLock(Func<Task<string?>> migrate, CancellationToken stop)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(options.Postgres) { Pooling = false, CommandTimeout = (int)waitMax.TotalSeconds };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", PostgresLockKey);
        await command.ExecuteNonQueryAsync(stop);
        return await migrate();
    }

    // The system frees the file's lock when the process ends, however it ends.
    private async Task<string?> UnderFileLock(Func<Task<string?>> migrate, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.SqliteFile))!);
        var path = options.SqliteFile + ".migrating";
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return await migrate();
            }
            catch (IOException taken) when (IsTaken(taken))
            {
                if (Stopwatch.GetElapsedTime(begun) > waitMax)
                    throw new TimeoutException(
                        $"Another process has been updating the database for {waitMax.TotalMinutes:0} minutes. It holds {path}.", taken);
                await Task.Delay(100, stop);
            }
        }
    }

    // Anything else (no permission, no space, a file where the folder should be) will not be solved by waiting.
    internal static bool IsTaken(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020); // EWOULDBLOCK of Linux and of BSD, ERROR_SHARING_VIOLATION
}
