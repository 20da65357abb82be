using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests;

public abstract class HubProcessTests(TestDatabase database)
{
    [Fact]
    public async Task Starts_again_on_the_same_database_after_a_kill()
    {
        await using var house = await House.Open(database);

        await using (var first = await HubProcess.Start(database.Options))
            await first.Kill();
        await using var second = await HubProcess.Start(database.Options);

        using var answer = await second.Client.GetAsync(new Uri("/css/tokens.css", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await second.Stop());
    }

    public sealed class OnSqlite(SqliteDatabase database) : HubProcessTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HubProcessTests(database), IClassFixture<PostgresDatabase>;
}
