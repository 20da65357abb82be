using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>
/// Base of tests that need the web application: each class on both engines, each test on an emptied database. See HubTests for the pattern.
/// </summary>
public abstract class WebHubTests(TestDatabase database) : IAsyncLifetime
{
    protected WebTestHub TestHub { get; private set; } = null!;

    protected Cast Cast => TestHub.Cast;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How this class differs from the defaults; read before each test.</summary>
    protected virtual WebTestHubOptions Options => new();

    public virtual async ValueTask InitializeAsync() => TestHub = await WebTestHub.Open(database, Options);

    public virtual async ValueTask DisposeAsync()
    {
        if (TestHub is not null)
            await TestHub.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
