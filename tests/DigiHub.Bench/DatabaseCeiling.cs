using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Bench;

/// <summary>What the databases alone can do: the insert of a claim under the overlap constraint, every commit on the disk.</summary>
internal static partial class DatabaseCeiling
{
    /// <summary>Inserts per second by pgbench; null where pgbench is not installed.</summary>
    public static async Task<double?> Pgbench(string connectionString, int clients, TimeSpan duration)
    {
        if (Program() is not { } pgbench)
            return null;

        await Execute(connectionString, """
            DROP TABLE IF EXISTS ceiling; CREATE SEQUENCE IF NOT EXISTS ceiling_n;
            CREATE TABLE ceiling (id uuid PRIMARY KEY, unit_id int NOT NULL, start timestamptz NOT NULL, "end" timestamptz NOT NULL,
                EXCLUDE USING gist (unit_id WITH =, tstzrange(start, "end", '[)') WITH &&));
            """);
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, """
            WITH n AS (SELECT nextval('ceiling_n') AS n) INSERT INTO ceiling SELECT gen_random_uuid(), n % 50, timestamptz '2027-01-01' + (n / 50) * interval '15 min', timestamptz '2027-01-01' + (n / 50 + 1) * interval '15 min' FROM n;

            """);
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(pgbench,
        [
            "-n", "-M", "prepared", "-f", script, "-T", Text((int)Math.Ceiling(duration.TotalSeconds)), "-c", Text(clients), "-j", "2",
            "-h", server.Host!, "-p", Text(server.Port), "-U", server.Username!, server.Database!,
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        var match = Tps().Match(output);
        return match.Success ? double.Parse(match.Groups["tps"].Value, CultureInfo.InvariantCulture) : null;
    }

    // Debian keeps it off the PATH, beside the server.
    private static string? Program()
    {
        const string versions = "/usr/lib/postgresql";
        IEnumerable<string> installed = Directory.Exists(versions)
            ? Directory.GetDirectories(versions).OrderDescending(StringComparer.Ordinal)
            : [];
        return installed.Select(version => version + "/bin/pgbench").Append("/usr/bin/pgbench").FirstOrDefault(File.Exists);
    }

    /// <summary>Inserts per second by one writer, WAL, synchronous FULL, overlap trigger.</summary>
    public static double Sqlite(string folder, TimeSpan duration)
    {
        var file = Path.Combine(folder, $"ceiling-{Guid.NewGuid():N}.db");
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            Execute(connection, """
                PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
                CREATE TABLE claims (id TEXT PRIMARY KEY, unit_id INTEGER, start INTEGER, "end" INTEGER);
                CREATE INDEX claims_unit ON claims (unit_id, start);
                CREATE TRIGGER no_overlap BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims WHERE unit_id = NEW.unit_id AND start < NEW."end" AND "end" > NEW.start)
                BEGIN SELECT RAISE(ABORT, 'overlap'); END;
                """);
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO claims VALUES ($id, $unit, $start, $end)";
            var (id, unit, from, until) = (insert.Parameters.Add("$id", SqliteType.Text),
                insert.Parameters.Add("$unit", SqliteType.Integer),
                insert.Parameters.Add("$start", SqliteType.Integer), insert.Parameters.Add("$end", SqliteType.Integer));
            var watch = Stopwatch.StartNew();
            var n = 0;
            for (; watch.Elapsed < duration; n++)
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                insert.Transaction = transaction;
                (id.Value, unit.Value, from.Value, until.Value) = (Guid.NewGuid().ToString(), n % 50, n / 50 * 900L, (n / 50 + 1) * 900L);
                insert.ExecuteNonQuery();
                transaction.Commit();
            }

            return n / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            foreach (var left in Directory.GetFiles(folder, Path.GetFileName(file) + "*"))
                File.Delete(left);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"tps = (?<tps>[\d.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tps();
}
