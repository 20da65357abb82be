using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests;

/// <summary>
/// Base of tests that need the model. Each class runs on both engines, each test on an emptied database:
/// <code>
/// public abstract class BookSpaceTests(TestDatabase database) : HubTests(database)
/// {
///     [Fact]
///     public async Task Refuses_a_time_that_overlaps_another() { ... TestHub.Get&lt;BookSpace&gt;() ... }
///
///     public sealed class OnSqlite(SqliteDatabase database) : BookSpaceTests(database), IClassFixture&lt;SqliteDatabase&gt;;
///     public sealed class OnPostgres(PostgresDatabase database) : BookSpaceTests(database), IClassFixture&lt;PostgresDatabase&gt;;
/// }
/// </code>
/// </summary>
public abstract class HubTests(TestDatabase database) : IAsyncLifetime
{
    protected TestHub TestHub { get; private set; } = null!;

    protected Cast Cast => TestHub.Cast;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Adds or replaces services, for the rare test that needs to.</summary>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync() => TestHub = await TestHub.Open(database, ConfigureServices);

    public virtual async ValueTask DisposeAsync()
    {
        if (TestHub is not null)
            await TestHub.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
