using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests;

/// <summary>
/// Base of tests that need the model. Each class runs on both engines, each test on an emptied database:
/// <code>
/// public abstract class BookSpaceTests(TestDatabase database) : HouseTests(database)
/// {
///     [Fact]
///     public async Task Refuses_a_time_that_overlaps_another() { ... House.Get&lt;BookSpace&gt;() ... }
///
///     public sealed class OnSqlite(SqliteDatabase database) : BookSpaceTests(database), IClassFixture&lt;SqliteDatabase&gt;;
///     public sealed class OnPostgres(PostgresDatabase database) : BookSpaceTests(database), IClassFixture&lt;PostgresDatabase&gt;;
/// }
/// </code>
/// </summary>
public abstract class HouseTests(TestDatabase database) : IAsyncLifetime
{
    protected House House { get; private set; } = null!;

    protected Cast Cast => House.Cast;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Adds or replaces services, for the rare test that needs to.</summary>
    protected virtual void Furnish(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync() => House = await House.Open(database, Furnish);

    public virtual async ValueTask DisposeAsync()
    {
        if (House is not null)
            await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
