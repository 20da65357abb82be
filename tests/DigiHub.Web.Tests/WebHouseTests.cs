using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>
/// Base of tests that need the web application: each class on both engines, each test on an emptied database. See HouseTests for the pattern.
/// </summary>
public abstract class WebHouseTests(TestDatabase database) : IAsyncLifetime
{
    protected WebHouse House { get; private set; } = null!;

    protected Cast Cast => House.Cast;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How this class differs from the defaults; read before each test.</summary>
    protected virtual WebHouseOptions Options => new();

    public virtual async ValueTask InitializeAsync() => House = await WebHouse.Open(database, Options);

    public virtual async ValueTask DisposeAsync()
    {
        if (House is not null)
            await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
