using DigiHub.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DigiHub.Bench;

/// <summary>A database of its own, seeded by <see cref="Seeds"/>; a PostgreSQL one is dropped again.</summary>
public sealed class BenchDatabase : IAsyncDisposable
{
    private readonly ServiceProvider testHub;
    private readonly Func<Task> drop;

    private BenchDatabase(DataOptions options, Func<Task> drop)
    {
        this.drop = drop;
        ConnectionString = options.Postgres ?? "";
        Setting = options.IsPostgres ? ("Database:Postgres", ConnectionString) : ("DataFolder", Path.GetDirectoryName(options.SqliteFile)!);
        testHub = new ServiceCollection().AddLogging().AddSingleton<IJobSignal, NoJobSignal>().AddHubDb(options).BuildServiceProvider();
    }

    /// <summary>Of PostgreSQL.</summary>
    public string ConnectionString { get; }

    /// <summary>What sends a hub to this database.</summary>
    public (string Key, string Value) Setting { get; }

    /// <summary>Seeded: 10,000 bookings of rooms, and of each desk one for each of so many days back.</summary>
    public static async Task<BenchDatabase> OnPostgres(string serverString, Instant now, int deskDaysBack)
    {
        var database = await Empty(serverString);
        await using var db = database.Open();
        var seeds = new Seeds(db, now);
        await seeds.Plant(CancellationToken.None);
        await seeds.Book(deskDaysBack, CancellationToken.None);
        return database;
    }

    /// <summary>In this version's shape, with nothing in it.</summary>
    public static async Task<BenchDatabase> Empty(string serverString)
    {
        var name = "digihub_bench_" + Guid.NewGuid().ToString("N")[..8];
        await Execute(serverString, $"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(serverString) { Database = name }.ConnectionString;
        var database =
            new BenchDatabase(new DataOptions(own, ""), () => Execute(serverString, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        await database.Migrate();
        return database;
    }

    /// <summary>Sites, spaces and members in the hub's embedded default; no bookings.</summary>
    public static async Task<BenchDatabase> OnSqlite(string folder, Instant now)
    {
        var file = Path.Combine(folder, "digihub.db");
        var database = new BenchDatabase(new DataOptions(Postgres: null, file), () => Task.CompletedTask);
        await database.Migrate();
        await using var db = database.Open();
        await new Seeds(db, now).Plant(CancellationToken.None);
        return database;
    }

    /// <summary>Pairs of claims that overlap in one of the rooms: must be none, whatever was asked for at once.</summary>
    public Task<long> OverlappingPairs() => Count("""
        SELECT count(*) AS "Value" FROM claims a
        JOIN claims b ON a.unit_id = b.unit_id AND a.id < b.id AND a.start < b."end" AND b.start < a."end"
        WHERE a.unit_id <= 50
        """);

    public Task<long> Bookings() => Count("SELECT count(*) AS \"Value\" FROM bookings");

    public async ValueTask DisposeAsync()
    {
        await testHub.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await drop();
    }

    private Task<string?> Migrate() => testHub.GetRequiredService<Migrating>().Run(CancellationToken.None);

    public HubDb Open() => testHub.GetRequiredService<HubDbFactory>().Open();

    private async Task<long> Count(string sql)
    {
        await using var db = Open();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        return await db.Database.SqlQueryRaw<long>(sql).SingleAsync();
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class NoJobSignal : IJobSignal
    {
        public void Signal()
        {
        }
    }
}
