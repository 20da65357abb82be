using DigiHub.Data;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Data;

/// <summary>No server is asked: the model is held against the last migration's picture of it.</summary>
public sealed class MigrationsTests
{
    private static readonly string NeverMade = Path.Combine(AppContext.BaseDirectory, "never-made.db");

    [Theory]
    [InlineData(null)]
    [InlineData("Host=nowhere.invalid")]
    public async Task No_change_of_the_model_lacks_a_migration(string? postgres)
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddHubDb(new DataOptions(postgres, NeverMade)).BuildServiceProvider();
        await using var db = services.GetRequiredService<HubDbFactory>().Open();

        Assert.False(db.Database.HasPendingModelChanges(), "Run .config/migration NAME and commit both migrations.");
    }

    [Fact]
    public async Task Both_engines_have_the_same_migrations()
    {
        var sqlite = await Names(new DataOptions(Postgres: null, NeverMade));
        var postgres = await Names(new DataOptions("Host=nowhere.invalid", SqliteFile: ""));

        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, postgres);
    }

    private static async Task<List<string>> Names(DataOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddHubDb(options).BuildServiceProvider();
        await using var db = services.GetRequiredService<HubDbFactory>().Open();
        return [.. db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])];
    }
}
