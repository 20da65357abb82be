using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace DigiHub.Data.Backups;

/// <summary>
/// Backups of PostgreSQL by its own programs, pg_dump and pg_restore; rows are counted in the very snapshot that is dumped. A restore goes
/// into a database beside the hub's, and the two change their names in one transaction.
/// </summary>
internal sealed class PostgresBackups(DataOptions options) : BackupEngine
{
    private const string ScratchMark = "_scratch_";
    private const int NameMax = 63; // of PostgreSQL
    private const int LooksMax = 10;
    private const int ChunkBytes = 32 * 1024;

    /// <summary>So long it works without a pause, and of what took longer it makes no longer pause than of that.</summary>
    private static readonly TimeSpan atOnce = TimeSpan.FromMilliseconds(5), pauseMax = TimeSpan.FromMilliseconds(50);

    private string Database => new NpgsqlConnectionStringBuilder(options.Postgres).Database ?? "";

    public override string Key => "postgres";

    public override string Title => "PostgreSQL";

    internal override string PayloadFile => "digihub.dump";

    internal override async Task<DumpedDatabase> Dump(string payload, CancellationToken stop)
    {
        await using var connection = await Open(options.Postgres!, stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var snapshot = await Text(connection, "SELECT pg_export_snapshot()", stop);
        // Hangfire's tables are signals only, and are made again at the next start.
        await Run("pg_dump", options.Postgres!, output => Gently(output, payload, stop), stop, "--format=custom", "--no-owner",
            "--no-privileges", "--exclude-schema=hangfire", $"--snapshot={snapshot}");
        return new DumpedDatabase(await Newest(connection, stop), await Rows(connection, stop));
    }

    // In a folder of its own that nobody else can enter, whatever the rights of new files.
    internal override string NewPayload(Instant now)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"digihub-backups-{System.Environment.UserName}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        LeftOver.Sweep(folder, "*.dump", now);
        return Path.Combine(folder, $"{Guid.NewGuid():N}.dump");
    }

    internal override async Task<Outcome<ScratchDatabase>> Restore(string payload, Instant now, CancellationToken stop)
    {
        try
        {
            ScratchDatabase scratch;
            try
            {
                scratch = await Create(now, stop);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return NoCreateDb;
            }

            try
            {
                await Run("pg_restore", scratch.Options.Postgres!, output: null, stop, "--exit-on-error", "--no-owner", "--no-privileges",
                    $"--dbname={new NpgsqlConnectionStringBuilder(scratch.Options.Postgres).Database}", payload);
                return scratch;
            }
            catch
            {
                await scratch.DisposeAsync();
                throw;
            }
        }
        finally
        {
            File.Delete(payload);
        }
    }

    internal override async Task<IReadOnlyDictionary<string, long>> Rows(DataOptions database, CancellationToken stop)
    {
        await using var connection = await Open(database.Postgres!, stop);
        return await Rows(connection, stop);
    }

    // Restoring has checked every key and constraint.
    internal override Task<string?> WhyBroken(DataOptions database, CancellationToken stop) => Task.FromResult<string?>(null);

    internal override async Task<bool> IsEmpty(CancellationToken stop)
    {
        await using (var server = await OpenServer(stop))
        {
            if (!await IsThere(server, stop))
                return true;
        }

        await using var connection = await Open(options.Postgres!, stop);
        var tables = await Tables(connection, stop);
        if (tables.Count > 0 && !tables.Contains(Telling[0], StringComparer.Ordinal))
            return false; // something else's
        foreach (var table in Telling.Intersect(tables, StringComparer.Ordinal))
        {
            if (await Value<bool>(connection, $"SELECT EXISTS (SELECT 1 FROM \"{table}\")", stop))
                return false;
        }

        return true;
    }

    internal override async Task<bool> IsInUse(CancellationToken stop)
    {
        await using var server = await OpenServer(stop);
        return await IsInUse(server, stop);
    }

    internal override async Task<Outcome<bool>> Replace(ScratchDatabase scratch, CancellationToken stop)
    {
        await using var server = await OpenServer(stop);
        if (await IsInUse(server, stop))
            return InUse;
        var isThere = await IsThere(server, stop);
        var (name, old) = (new NpgsqlConnectionStringBuilder(scratch.Options.Postgres).Database!, NewName(await Now(server, stop)));
        try
        {
            await using var transaction = await server.BeginTransactionAsync(stop);
            if (isThere)
                await Execute(server, $"ALTER DATABASE {Quoted(Database)} RENAME TO {Quoted(old)}", stop);
            await Execute(server, $"ALTER DATABASE {Quoted(name)} RENAME TO {Quoted(Database)}", stop);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            return InUse;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return NoCreateDb;
        }

        scratch.Keep();
        if (isThere)
            await Execute(server, $"DROP DATABASE IF EXISTS {Quoted(old)}", CancellationToken.None);
        return true;
    }

    private async Task<ScratchDatabase> Create(Instant now, CancellationToken stop)
    {
        await using var server = await OpenServer(stop);
        await Sweep(server, now, stop);
        var name = NewName(now);
        await Execute(server, $"CREATE DATABASE {Quoted(name)} TEMPLATE template0{await LikeTheHubs(server, stop)}", stop);
        return new ScratchDatabase(options with { Postgres = To(name), Pooling = false }, async () =>
        {
            await using var again = await OpenServer(CancellationToken.None);
            await Execute(again, $"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", CancellationToken.None);
        });
    }

    /// <summary>
    /// It may take the hub's place, so it sorts and encodes as that does; others than those of the C library are left out.
    /// </summary>
    private async Task<string> LikeTheHubs(NpgsqlConnection server, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = $1 AND datlocprovider = 'c'",
            server);
        command.Parameters.AddWithValue(Database);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop)
            ? $" ENCODING {Literal(reader.GetString(0))} LC_COLLATE {Literal(reader.GetString(1))} LC_CTYPE {Literal(reader.GetString(2))}"
            : "";
    }

    /// <summary>What processes that were killed have left behind; the time is in the name.</summary>
    private async Task Sweep(NpgsqlConnection server, Instant now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "SELECT datname FROM pg_database d WHERE starts_with(datname, $1) "
                + "AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)", server);
        command.Parameters.AddWithValue(Stem + ScratchMark);
        List<string> names = [];
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
        {
            var made = name[(Stem.Length + ScratchMark.Length)..].Split('_')[0];
            if (long.TryParse(made, CultureInfo.InvariantCulture, out var seconds)
                && now - Instant.FromUnixTimeSeconds(seconds) > LeftOver.Kept)
                await Execute(server, $"DROP DATABASE IF EXISTS {Quoted(name)}", stop);
        }
    }

    private string Stem => Database.Length > NameMax - 30 ? Database[..(NameMax - 30)] : Database;

    private string NewName(Instant now) => string.Create(CultureInfo.InvariantCulture,
        $"{Stem}{ScratchMark}{now.ToUnixTimeSeconds()}_{Random.Shared.Next(0x1000000):x6}");

    private string To(string database) =>
        new NpgsqlConnectionStringBuilder(options.Postgres) { Database = database, Pooling = false }.ConnectionString;

    private async Task<bool> IsThere(NpgsqlConnection server, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", server);
        command.Parameters.AddWithValue(Database);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    // A process that has just ended is still connected for a moment.
    private async Task<bool> IsInUse(NpgsqlConnection server, CancellationToken stop)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            if (!await IsConnected(server, stop))
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }

        return true;
    }

    private async Task<bool> IsConnected(NpgsqlConnection server, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = $1)", server);
        command.Parameters.AddWithValue(Database);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>A database that every server has: from it others can be made, renamed and dropped.</summary>
    private async Task<NpgsqlConnection> OpenServer(CancellationToken stop)
    {
        try
        {
            return await Open(To("postgres"), stop);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return await Open(To("template1"), stop);
        }
    }

    private static async Task<NpgsqlConnection> Open(string connectionString, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task<IReadOnlyDictionary<string, long>> Rows(NpgsqlConnection connection, CancellationToken stop)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await Tables(connection, stop))
            rows[table] = await Value<long>(connection, $"SELECT count(*) FROM {Quoted(table)}", stop);
        return rows;
    }

    private static async Task<List<string>> Tables(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        List<string> names = [];
        while (await reader.ReadAsync(stop))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task<string> Newest(NpgsqlConnection connection, CancellationToken stop) =>
        await Value<bool>(connection, "SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL", stop)
            ? await Text(connection, "SELECT coalesce(max(\"MigrationId\"), '') FROM \"__EFMigrationsHistory\"", stop)
            : "";

    private static async Task<Instant> Now(NpgsqlConnection connection, CancellationToken stop) => Instant.FromUnixTimeSeconds(
        await Value<long>(connection, "SELECT extract(epoch FROM now())::bigint", stop));

    private static Task<string> Text(NpgsqlConnection connection, string sql, CancellationToken stop) =>
        Value<string>(connection, sql, stop);

    private static async Task<T> Value<T>(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = Command(connection, sql);
        return (T)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(stop);
    }

#pragma warning disable CA2100 // only names, quoted
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// Takes the dump as it comes, with a pause after each few milliseconds that is twice as long: while nobody takes it the program and
    /// the server wait, too, so that two thirds of the time are left to who books. A dump of a million bookings then takes half a minute.
    /// </summary>
    private static async Task Gently(Stream dump, string payload, CancellationToken stop)
    {
        await using var file = new FileStream(payload, FileMode.Create, FileAccess.Write, FileShare.None, ChunkBytes, useAsync: true);
        var chunk = new byte[ChunkBytes];
        var begun = Stopwatch.GetTimestamp();
        while (await dump.ReadAsync(chunk, stop) is > 0 and var count)
        {
            await file.WriteAsync(chunk.AsMemory(0, count), stop);
            var worked = Stopwatch.GetElapsedTime(begun);
            if (worked < atOnce)
                continue;
            await Task.Delay(2 * (worked < pauseMax ? worked : pauseMax), stop);
            begun = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Runs a program of PostgreSQL's. The password goes by the environment, where other users cannot read it.</summary>
    /// <param name="output">Reads what the program writes; null: it is thrown away.</param>
    /// <exception cref="MissingProgramException">It is not installed, or older than the server.</exception>
    private static async Task Run(
        string program, string connectionString, Func<Stream, Task>? output, CancellationToken stop, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in Environment(new NpgsqlConnectionStringBuilder(connectionString)))
            start.Environment[key] = value;
        using var process = Started(start, program);
        GiveWay(process);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await (output?.Invoke(process.StandardOutput.BaseStream) ?? process.StandardOutput.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
        }
        catch (Exception)
        {
            process.Kill();
            throw;
        }

        if (process.ExitCode == 0)
            return;
        var said = (await errors).Trim();
        throw said.Contains("server version mismatch", StringComparison.Ordinal)
            ? new MissingProgramException($"{program} is older than the PostgreSQL server: {said}")
            : new IOException($"{program} failed: {(said.Length > 800 ? said[..800] : said)}");
    }

    /// <summary>Compressing takes most of its time, and who books meanwhile is not to wait for that.</summary>
    private static void GiveWay(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already, or the system lets nobody change it: it is as fast as everybody then.
        }
    }

    private static Process Started(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new MissingProgramException($"The program {program} is not installed.", missing);
        }
    }

    private static IEnumerable<(string, string)> Environment(NpgsqlConnectionStringBuilder builder)
    {
        (string Key, string? Value)[] known =
        [
            ("PGHOST", builder.Host), ("PGPORT", builder.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", builder.Database),
            ("PGUSER", builder.Username), ("PGPASSWORD", builder.Password), ("PGPASSFILE", builder.Passfile),
            ("PGSSLMODE", builder.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var other => other.ToString().ToLowerInvariant(),
            }),
            ("PGSSLROOTCERT", builder.RootCertificate), ("PGSSLCERT", builder.SslCertificate), ("PGSSLKEY", builder.SslKey),
        ];
        return known.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Key, pair.Value!));
    }

    internal static Refusal NoCreateDb { get; } = new("no_createdb", new(
        "PostgreSQL does not let the hub's user create a database to restore into. Let it: ALTER ROLE … CREATEDB.",
        "PostgreSQL erlaubt dem Benutzer des Hubs nicht, eine Datenbank zum Wiederherstellen anzulegen. "
            + "Erlauben Sie es mit ALTER ROLE … CREATEDB.",
        "PostgreSQL erlaubt dem Benutzer des Hubs nicht, eine Datenbank zum Wiederherstellen anzulegen. Erlaube es mit ALTER ROLE … "
            + "CREATEDB."));
}
