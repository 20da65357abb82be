using DigiHub.Data;
using DigiHub.Tests;
using DigiHub.Web.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Keys;

public abstract class KeyRingTests(TestDatabase database) : WebHubTests(database)
{
    private readonly TestDatabase database = database;

    [Fact]
    public async Task Lets_another_process_read_what_this_one_protected()
    {
        var secret = TestHub.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("vier kleine Kähne");

        var services = new ServiceCollection().AddLogging().AddHubDb(database.Options).AddSingleton<IClock>(TestHub.Clock);
        services.AddSingleton<IJobSignal, CountedSignal>();
        services.AddKeyRing();
        await using var another = services.BuildServiceProvider();
        var read = another.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret);

        Assert.Equal("vier kleine Kähne", read);
        Assert.NotEmpty(await TestHub.Read(db => db.Set<DigiHub.Keys.StoredKey>()
            .Where(key => key.Name.StartsWith("ring:")).ToListAsync(Stop)));
    }

    public sealed class OnSqlite(SqliteDatabase database) : KeyRingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : KeyRingTests(database), IClassFixture<PostgresDatabase>;
}
