using System.Net;
using DigiHub.Tests;
using Hangfire.PostgreSql;

namespace DigiHub.Web.Tests;

public abstract class HubProcessTests(TestDatabase database)
{
    [Fact]
    public async Task Starts_again_on_the_same_database_after_a_kill()
    {
        await using var testHub = await TestHub.Open(database);

        await using (var first = await HubProcess.Start(database.Options))
            await first.Kill();
        await using var second = await HubProcess.Start(database.Options);

        using var answer =
            await second.Client.GetAsync(new Uri("/css/tokens.css", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await second.Stop());
    }

    public sealed class OnSqlite(SqliteDatabase database) : HubProcessTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : HubProcessTests(database), IClassFixture<PostgresDatabase>
    {
        private readonly TestDatabase database = database;

        [Fact]
        public async Task Starts_although_a_killed_process_has_left_the_lock_of_its_schedule_behind()
        {
            await using var testHub = await TestHub.Open(database);
            await using (await HubProcess.Start(database.Options))
            {
                // It makes Hangfire's tables.
            }

#pragma warning disable CS0618 // a connection string is all a test needs
            using var connection = new PostgreSqlStorage(database.Options.Postgres).GetConnection();
#pragma warning restore CS0618
            var left = connection.AcquireDistributedLock("lock:recurring-job:deliver-notifications", TimeSpan.FromSeconds(5));

            await using var hub = await HubProcess.Start(database.Options);

            using var ready = await hub.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.NotNull(left); // never given back
            Assert.Equal(0, await hub.Stop());
        }
    }
}
