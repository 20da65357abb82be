using System.IO.Compression;
using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DigiHub.Tests.Data;

/// <summary>
/// Hubs of earlier versions, kept as backups in Data/Older (.config/keep-schema), become hubs of this one: a migration that hubs have run
/// is never rewritten, and what is added leads from each of them to the same shape.
/// </summary>
public abstract class OlderHubsTests(TestDatabase database) : HubTests(database)
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-older-");
    private readonly List<DataOptions> targets = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var target in targets.Where(target => target.IsPostgres))
            await Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(target.Postgres).Database} WITH (FORCE)");
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_hub_of_each_earlier_version_comes_here_with_every_promise_kept_and_the_shape_of_a_new_one()
    {
        var kept = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "DigiHub.Tests", "Data", "Older"),
            TestHub.Get<DataOptions>().IsPostgres ? "*.postgres.tar.gz" : "*.sqlite.tar.gz");
        Assert.NotEmpty(kept);
        // Restored, too: PostgreSQL writes the conditions of a dump in other words.
        var made = await TestHub.Get<MakeBackup>().Run(folder.FullName, Stop);
        var today = await ShapeOf(made.Value.File);

        foreach (var file in kept.Order(StringComparer.Ordinal))
            Assert.Equal(today, await ShapeOf(await Unpacked(file)));
    }

    /// <summary>Of the hub that the backup becomes: checked, migrated, and its promises counted.</summary>
    private async Task<IReadOnlyList<string>> ShapeOf(string backup)
    {
        var own = TestHub.Get<DataOptions>();
        var target = (own.IsPostgres
            ? own with
            {
                Postgres = new NpgsqlConnectionStringBuilder(own.Postgres) { Database = $"digihub_{Guid.NewGuid():N}" }.ConnectionString,
            }
            : own with { SqliteFile = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}", "digihub.db") }) with
        { Pooling = false };
        targets.Add(target);
        var restored = await Restore(backup, target);
        Assert.True(restored.IsDone, $"{backup}: {restored.Refusal?.Message.English}");
        return await Shape(target);
    }

    private async Task<string> Unpacked(string file)
    {
        var tar = Path.Combine(folder.FullName, Path.GetFileNameWithoutExtension(file));
        await using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        await using var unpacked = File.Create(tar);
        await packed.CopyToAsync(unpacked, Stop);
        return tar;
    }

    private Task<Outcome<RestoredHub>> Restore(string file, DataOptions into)
    {
        var engine = BackupEngine.Of(into);
        return new RestoreBackup(engine, new OpenBackup(engine, TestHub.Clock, NullLogger<Migrating>.Instance),
            TestHub.Clock, NullLogger<RestoreBackup>.Instance).Run(file, replaceInto: null, Stop);
    }

    /// <summary>
    /// Tables with their columns, keys, indexes and triggers; not the order of columns, nor what a new column was filled with.
    /// </summary>
    private static async Task<IReadOnlyList<string>> Shape(DataOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddHubDb(options).BuildServiceProvider();
        await using var db = services.GetRequiredService<HubDbFactory>().Open();
        return await db.Database.SqlQueryRaw<string>(options.IsPostgres ? OnPostgresShape : OnSqliteShape).ToListAsync(Stop);
    }

    private const string OnSqliteShape = """
        SELECT line AS "Value" FROM (
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS line
                FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            UNION ALL
            SELECT t.name || ' -> ' || k."table" || ' by ' || k."from" || ' ' || k.on_delete
                FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'
            UNION ALL
            SELECT t.name || ' ' || i."unique" || ' (' || (SELECT group_concat(name) FROM pragma_index_info(i.name)) || ') '
                    || coalesce((SELECT substr(sql, instr(sql, ' WHERE ')) FROM sqlite_master
                        WHERE name = i.name AND sql LIKE '% WHERE %'), '')
                FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table'
            UNION ALL
            SELECT sql FROM sqlite_master WHERE type = 'trigger')
        ORDER BY 1
        """;

    private const string OnPostgresShape = """
        SELECT line AS "Value" FROM (
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull AS line
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal)
        shape ORDER BY 1
        """;

    private async Task Execute(string sql)
    {
        var server = new NpgsqlConnectionStringBuilder(TestHub.Get<DataOptions>().Postgres) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : OlderHubsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OlderHubsTests(database), IClassFixture<PostgresDatabase>;
}
