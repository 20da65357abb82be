using Npgsql;

namespace DigiHub.Data;

/// <summary>
/// What processes on one database tell each other, by LISTEN and NOTIFY of PostgreSQL. It is told after the commit and in a transaction of
/// its own: one that notifies holds a lock of the whole server while it commits, and no booking is to wait for that.
/// On SQLite there is one process and nobody to tell.
/// </summary>
public sealed class LiveChannel(DataOptions options, HubDbFactory databases)
{
    /// <summary>In bytes; PostgreSQL refuses more than 8,000.</summary>
    public const int TextMax = 7_000;

    private const string Name = "digihub_live";

    private static readonly TimeSpan probe = TimeSpan.FromSeconds(30);

    /// <summary>Whether there may be other processes.</summary>
    public bool IsShared => options.IsPostgres;

    public async Task Tell(string text, CancellationToken stop)
    {
        await using var db = databases.Open();
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Name}, {text})", stop);
    }

    /// <summary>Returns only by an exception: the connection was lost, or <paramref name="stop"/>.</summary>
    /// <param name="listening">Called once the server knows of us: what was told before is lost.</param>
    /// <param name="heard">Called with each text, one's own included.</param>
    public async Task Listen(Action listening, Action<string> heard, CancellationToken stop)
    {
        var address = new NpgsqlConnectionStringBuilder(ConnectionString.ForPostgres(options)) { Pooling = false };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(stop);
        connection.Notification += (_, told) => heard(told.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Name}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        listening();
        while (true)
        {
            // A server that has gone without a word is noticed by asking it now and then.
            if (await connection.WaitAsync(probe, stop))
                continue;
            await using var ping = new NpgsqlCommand("SELECT 1", connection);
            await ping.ExecuteScalarAsync(stop);
        }
    }
}
