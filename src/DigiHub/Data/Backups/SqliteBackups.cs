using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DigiHub.Data.Backups;

/// <summary>Backups of SQLite: the database's own file, copied by VACUUM INTO, which reads one moment and blocks no writer.</summary>
internal sealed class SqliteBackups(DataOptions options) : BackupEngine
{
    private const int Busy = 5, Locked = 6;

    public override string Key => "sqlite";

    public override string Title => "SQLite";

    internal override string PayloadFile => "digihub.db";

    internal override async Task<DumpedDatabase> Dump(string payload, CancellationToken stop)
    {
        await using (var connection = await Open(options, stop))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.CommandTimeout = 0; // as long as it takes
            command.Parameters.AddWithValue("$file", payload);
            await command.ExecuteNonQueryAsync(stop);
        }

        var copy = Scratch(payload);
        return new DumpedDatabase(await Newest(copy, stop), await Rows(copy, stop));
    }

    // Beside the hub's file: exchanging the two is a rename.
    internal override string NewPayload(Instant now)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.SqliteFile))!;
        Directory.CreateDirectory(folder);
        LeftOver.Sweep(folder, Path.GetFileName(options.SqliteFile) + ".scratch-*", now);
        return string.Create(CultureInfo.InvariantCulture, $"{options.SqliteFile}.scratch-{Guid.NewGuid():N}");
    }

    internal override Task<Outcome<ScratchDatabase>> Restore(string payload, Instant now, CancellationToken stop) =>
        Task.FromResult<Outcome<ScratchDatabase>>(new ScratchDatabase(Scratch(payload), () =>
        {
            foreach (var ending in (string[])["", "-wal", "-shm", "-journal", ".migrating"])
                File.Delete(payload + ending);
            return Task.CompletedTask;
        }));

    internal override async Task<IReadOnlyDictionary<string, long>> Rows(DataOptions database, CancellationToken stop)
    {
        await using var connection = await Open(database, stop);
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        // The lock of migrations is no data, and comes and goes with each start.
        foreach (var table in await Texts(connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsLock'", stop))
            rows[table] = await Number(connection, $"SELECT count(*) FROM \"{table}\"", stop);
        return rows;
    }

    internal override async Task<string?> WhyBroken(DataOptions database, CancellationToken stop)
    {
        await using var connection = await Open(database, stop);
        var found = await Texts(connection, "PRAGMA integrity_check(5)", stop);
        if (found is not ["ok"])
            return string.Join("; ", found);
        var pointers = await Texts(connection,
            "SELECT \"table\" || ' points at a missing row of ' || parent FROM pragma_foreign_key_check LIMIT 5",
            stop);
        return pointers.Count == 0 ? null : string.Join("; ", pointers);
    }

    internal override async Task<bool> IsEmpty(CancellationToken stop)
    {
        if (!File.Exists(options.SqliteFile) || new FileInfo(options.SqliteFile).Length == 0)
            return true;
        await using var connection = await Open(options, stop);
        var tables = await Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table'", stop);
        if (tables.Count > 0 && !tables.Contains(Telling[0], StringComparer.Ordinal))
            return false; // something else's
        foreach (var table in Telling.Intersect(tables, StringComparer.Ordinal))
        {
            if (await Number(connection, $"SELECT EXISTS (SELECT 1 FROM {table})", stop) == 1)
                return false;
        }

        return true;
    }

    internal override async Task<bool> IsInUse(CancellationToken stop)
    {
        if (!File.Exists(options.SqliteFile))
            return false;
        using var alone = DatabaseInUse.Alone(options);
        if (alone is null || !await Settle(options.SqliteFile, stop))
            return true;
        await Log(stop);
        return false;
    }

    internal override async Task<Outcome<bool>> Replace(ScratchDatabase scratch, CancellationToken stop)
    {
        using var alone = DatabaseInUse.Alone(options);
        if (alone is null || File.Exists(options.SqliteFile) && !await Settle(options.SqliteFile, stop))
            return InUse;
        if (!await Settle(scratch.Options.SqliteFile, stop))
            throw new IOException($"{scratch.Options.SqliteFile} is in use.");
        // A log that was left without its database would be taken for that of the new one.
        foreach (var ending in (string[])["-wal", "-shm", "-journal"])
            File.Delete(options.SqliteFile + ending);
        File.Move(scratch.Options.SqliteFile, options.SqliteFile, overwrite: true);
        File.Delete(scratch.Options.SqliteFile + ".migrating");
        scratch.Keep();
        await Log(CancellationToken.None);
        return true;
    }

    /// <summary>
    /// Writes the log into the file and takes it away, so that the file is all there is. SQLite does so only for the one connection there
    /// is: false while another process has the file open.
    /// </summary>
    private static async Task<bool> Settle(string file, CancellationToken stop)
    {
        try
        {
            await using var connection = await Open(Scratch(file), stop);
            // The driver asks a busy database again for as long as a command may take.
            return await Texts(connection, "PRAGMA busy_timeout=500; PRAGMA journal_mode=DELETE", stop, secondsMax: 1) is [.., "delete"];
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Busy or Locked)
        {
            return false;
        }
    }

    /// <summary>With its log again, as the hub has it; and so that an open connection is noticed.</summary>
    private async Task Log(CancellationToken stop)
    {
        await using var connection = await Open(options, stop);
        await Texts(connection, "PRAGMA journal_mode=WAL", stop);
    }

    private static DataOptions Scratch(string file) => new(Postgres: null, file, Pooling: false);

    private static async Task<string> Newest(DataOptions database, CancellationToken stop)
    {
        await using var connection = await Open(database, stop);
        return await Number(connection, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'", stop) == 0
            ? ""
            : (await Texts(connection, "SELECT coalesce(max(\"MigrationId\"), '') FROM \"__EFMigrationsHistory\"", stop))[0];
    }

    private static async Task<SqliteConnection> Open(DataOptions database, CancellationToken stop)
    {
        var connection = new SqliteConnection(ConnectionString.ForSqlite(database with { Pooling = false }));
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task<long> Number(SqliteConnection connection, string sql, CancellationToken stop)
    {
        await using var command = Command(connection, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>The first column of the last result.</summary>
    private static async Task<List<string>> Texts(SqliteConnection connection, string sql, CancellationToken stop, int secondsMax = 0)
    {
        await using var command = Command(connection, sql);
        command.CommandTimeout = secondsMax; // 0: as long as it takes
        await using var reader = await command.ExecuteReaderAsync(stop);
        List<string> texts = [];
        do
        {
            while (await reader.ReadAsync(stop))
                texts.Add(reader.GetValue(0).ToString() ?? "");
        }
        while (await reader.NextResultAsync(stop));
        return texts;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only names of tables, from the database itself
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return command;
    }
}
