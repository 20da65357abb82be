using DigiHub.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Data;

/// <summary>Creating a database, and what happens where it cannot be created.</summary>
public sealed class MigratingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-migrating-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Looking_at_a_hub_that_is_not_there_makes_nothing()
    {
        var file = Path.Combine(folder.FullName, "typo", "digihub.db");
        await using var services = Hub(file);

        await Assert.ThrowsAsync<SqliteException>(() => services.GetRequiredService<Migrating>().Shape(Stop));

        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Makes_folder_and_database_with_a_log_beside_it()
    {
        var file = Path.Combine(folder.FullName, "new", "digihub.db");
        await using var services = Hub(file);

        await services.GetRequiredService<Migrating>().Run(Stop);

        Assert.True((await services.GetRequiredService<Migrating>().Shape(Stop)).Fits);
        await using var db = services.GetRequiredService<HubDbFactory>().Open();
        Assert.Equal("wal", (await db.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync(Stop)).Single());
    }

    [Fact]
    public async Task Touches_nothing_in_a_database_of_another_version()
    {
        var file = Path.Combine(folder.FullName, "digihub.db");
        await using var services = Hub(file);
        await services.GetRequiredService<Migrating>().Run(Stop);
        await using (var db = services.GetRequiredService<HubDbFactory>().Open())
            await db.Database.ExecuteSqlRawAsync(
                "UPDATE \"__EFMigrationsHistory\" SET \"MigrationId\" = '29990101000000_FromTheFuture' "
                    + "WHERE \"MigrationId\" = (SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\")", Stop);

        var refused = await Assert.ThrowsAsync<DatabaseOfAnotherVersionException>(() => services.GetRequiredService<Migrating>().Run(Stop));

        Assert.Contains("29990101000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Rule 36 of running a hub: even where the migration then fails.</summary>
    [Fact]
    public async Task Saves_a_database_with_something_in_it_before_it_is_migrated()
    {
        var file = Path.Combine(folder.FullName, "digihub.db");
        await using (var old = new SqliteConnection($"Data Source={file}"))
        {
            await old.OpenAsync(Stop);
            await using var command = old.CreateCommand();
            command.CommandText = "CREATE TABLE members (name TEXT); INSERT INTO members VALUES ('Ada')";
            await command.ExecuteNonQueryAsync(Stop);
        }

        await using var services = Hub(file);
        var migrating = services.GetRequiredService<Migrating>();
        var planned = migrating.BackupBefore(await migrating.Missing(Stop));

        await Assert.ThrowsAsync<SqliteException>(() => migrating.Run(Stop));

        Assert.Equal([planned], Directory.GetFiles(Path.Combine(folder.FullName, "backups")));
        Assert.EndsWith("-2.tar", migrating.BackupBefore(await migrating.Missing(Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saves_nothing_where_there_was_nothing()
    {
        await using var services = Hub(Path.Combine(folder.FullName, "digihub.db"));

        Assert.Null(await services.GetRequiredService<Migrating>().Run(Stop));

        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "backups")));
    }

    [Fact]
    public async Task Fails_at_once_where_no_file_can_be_made()
    {
        var inTheWay = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(inTheWay, "", Stop);
        await using var services = Hub(Path.Combine(inTheWay, "digihub.db"));

        var running = services.GetRequiredService<Migrating>().Run(Stop);

        await Assert.ThrowsAnyAsync<IOException>(() => running.WaitAsync(TimeSpan.FromSeconds(60), Stop));
    }

    [Fact]
    public async Task Waits_while_another_process_migrates()
    {
        var file = Path.Combine(folder.FullName, "digihub.db");
        await using var services = Hub(file);
        var others = new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var running = services.GetRequiredService<Migrating>().Run(Stop);
        Assert.False(running.IsCompleted);
        await others.DisposeAsync();
        await running;

        Assert.True((await services.GetRequiredService<Migrating>().Shape(Stop)).Fits);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static ServiceProvider Hub(string file) =>
        new ServiceCollection().AddLogging().AddHubDb(new DataOptions(Postgres: null, file)).BuildServiceProvider();
}
