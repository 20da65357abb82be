using System.Globalization;
using System.Text;
using DigiHub.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DigiHub.Tests;

/// <summary>
/// A temporary database of a test class, on a real engine, in this version's shape. It is copied from a template that
/// is migrated once per run, and emptied before each test.
/// </summary>
public abstract class TestDatabase : IAsyncLifetime
{
    /// <summary>The test is skipped where the engine is not available.</summary>
    public abstract void SkipUnlessAvailable();

    public DataOptions Options { get; protected set; } = null!;

    public abstract ValueTask InitializeAsync();

    /// <summary>
    /// What works on it between the tests of its class, such as a program kept for the next one; disposed of before the database.
    /// </summary>
    public IAsyncDisposable? Tenant { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Tenant is not null)
            await Tenant.DisposeAsync();
        await Drop();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask Drop();

    /// <summary>Deletes every row of every table but the kept and those that migrations fill, those that point at others first.</summary>
    public static async Task Empty(HubDb db, params Type[] kept)
    {
        var deletes = new StringBuilder(); // one round trip instead of fifty
        var seeded = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.GetSeedData().Any()).Select(entity => entity.ClrType).ToHashSet();
        var left = db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).ToList();
        while (left.Count > 0)
        {
            var next = left.Find(entity => !entity.GetReferencingForeignKeys().Any(key => key.DeclaringEntityType != entity
                && left.Contains(key.DeclaringEntityType)))
                ?? throw new InvalidOperationException("Tables point at each other in a circle: "
                    + string.Join(", ", left.Select(entity => entity.GetTableName())));
            left.Remove(next);
            if (!kept.Contains(next.ClrType) && !seeded.Contains(next.ClrType))
                deletes.Append(CultureInfo.InvariantCulture, $"DELETE FROM \"{next.GetTableName()}\";\n");
        }

        await db.Database.ExecuteSqlRawAsync(deletes.ToString());
    }

    /// <summary>Brings an empty database into this version's shape, just as the start of the hub does.</summary>
    protected static async Task Migrate(DataOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddHubDb(options).BuildServiceProvider();
        await services.GetRequiredService<Migrating>().Run(CancellationToken.None);
    }
}

/// <summary>
/// Another's database, on which no connection stays open: for tests that move or replace it. EF Core
/// keeps the pools of PostgreSQL to itself.
/// </summary>
public sealed class UnpooledDatabase : TestDatabase
{
    private readonly TestDatabase inner;

    public UnpooledDatabase(TestDatabase inner) => (this.inner, Options) = (inner, inner.Options is { } options
        ? options with { Pooling = false }
        : null!); // the engine is not available

    public override void SkipUnlessAvailable() => inner.SkipUnlessAvailable();

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected override ValueTask Drop() => ValueTask.CompletedTask;
}

/// <summary>The embedded default: a file in the folder for temporary files.</summary>
public sealed class SqliteDatabase : TestDatabase
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);

    private DirectoryInfo? folder;

    public override void SkipUnlessAvailable()
    {
        // SQLite is always available.
    }

    public override async ValueTask InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("digihub-sqlite-");
        var file = Path.Combine(folder.FullName, "digihub.db");
        File.Copy(await Template.Value, file);
        Options = new DataOptions(Postgres: null, file);
    }

    protected override ValueTask Drop()
    {
        SqliteConnection.ClearAllPools();
        folder?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> MakeTemplate()
    {
        var home = Directory.CreateTempSubdirectory("digihub-sqlite-template-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => home.Delete(recursive: true);
        var file = Path.Combine(home.FullName, "hub.db");
        await Migrate(new DataOptions(Postgres: null, file));
        SqliteConnection.ClearAllPools(); // the last to close writes the log into the file: only then is the file all there is
        return file;
    }
}

/// <summary>A database on the PostgreSQL server that DIGIHUB_TEST_POSTGRES names; tests/run starts one.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("DIGIHUB_TEST_POSTGRES");
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);

    private string? name;

    public override void SkipUnlessAvailable() =>
        Assert.SkipWhen(Server is null, "No PostgreSQL: DIGIHUB_TEST_POSTGRES is not set (tests/run sets it).");

    public override async ValueTask InitializeAsync()
    {
        if (Server is null)
            return;
        var fresh = NewName();
        await Execute($"CREATE DATABASE {fresh} TEMPLATE {await Template.Value}");
        name = fresh;
        Options = new DataOptions(ConnectionTo(fresh), SqliteFile: "");
    }

    protected override async ValueTask Drop()
    {
        if (name is not null)
            await Execute($"DROP DATABASE {name} WITH (FORCE)");
    }

    private static async Task<string> MakeTemplate()
    {
        var template = NewName();
        await Execute($"CREATE DATABASE {template}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Execute($"DROP DATABASE {template} WITH (FORCE)").GetAwaiter().GetResult();
        await Migrate(new DataOptions(ConnectionTo(template) + ";Pooling=false", SqliteFile: "")); // nobody may be connected to a template
        return template;
    }

    private static string NewName() => $"digihub_{Guid.NewGuid():N}";

    private static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    private static async Task Execute(string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(Server) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // the names are our own
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
