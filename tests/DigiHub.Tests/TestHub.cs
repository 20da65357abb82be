using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime.Testing;

namespace DigiHub.Tests;

/// <summary>
/// The model for a test: all use cases on a real database with the cast, a fake clock, and a sender that records.
/// It is Monday 23 November 2026, 09:00 in Berlin.
/// </summary>
public sealed class TestHub : IAsyncDisposable
{
    public static readonly Instant Opening = Instant.FromUtc(2026, 11, 23, 8, 0);

    private readonly ServiceProvider services;
    private readonly List<AsyncServiceScope> scopes = [];

    private readonly DataOptions options;

    public DataOptions Options => options;

    private TestHub(DataOptions options, Action<IServiceCollection>? configureServices)
    {
        this.options = options;
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddHubDb(options)
            .AddUseCases()
            .AddSingleton<IClock>(Clock)
            .AddSingleton<IBeforeCommit, Activity.SubjectsExist>()
            .AddSingleton<IJobSignal>(Signal)
            .AddSingleton<IMailSender>(Sender);
        configureServices?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public FakeClock Clock { get; } = new(Opening);

    public CountedSignal Signal { get; } = new();

    public RecordingSender Sender { get; } = new();

    public Cast Cast { get; private set; } = null!;

    /// <param name="configureServices">Adds or replaces services, for the rare test that needs to.</param>
    public static async Task<TestHub> Open(TestDatabase database, Action<IServiceCollection>? configureServices = null)
    {
        database.SkipUnlessAvailable();
        var testHub = new TestHub(database.Options, configureServices);
        await using var db = testHub.OpenDb();
        await using var transaction = await db.Database.BeginTransactionAsync(); // one wait for the disk instead of thirty
        await TestDatabase.Empty(db);
        testHub.Cast = await Cast.MoveIn(db, Opening);
        await transaction.CommitAsync();
        return testHub;
    }

    /// <summary>Another process on the same database, with its own clock and caches. The caller disposes of it.</summary>
    public TestHub AnotherProcess() => new(options, configureServices: null) { Cast = Cast };

    /// <summary>A use case in a scope of its own, as each request has; the scope ends with the test.</summary>
    public T Get<T>() where T : notnull
    {
        var scope = services.CreateAsyncScope();
        lock (scopes)
            scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<T>();
    }

    /// <summary>A fresh context to read or add rows; the caller disposes of it.</summary>
    public HubDb OpenDb() => services.GetRequiredService<HubDbFactory>().Open();

    public async Task<T> Read<T>(Func<HubDb, Task<T>> question)
    {
        await using var db = OpenDb();
        return await question(db);
    }

    /// <summary>Adds rows without any rule: past ones, or what only a bug would write.</summary>
    public async Task Lay(params object[] rows)
    {
        await using var db = OpenDb();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in scopes)
            await scope.DisposeAsync();
        await services.DisposeAsync();
    }
}

/// <summary>Counts the signals that commits left for the jobs.</summary>
public sealed class CountedSignal : IJobSignal
{
    private int count;

    public int Count => count;

    public void Signal() => Interlocked.Increment(ref count);
}

/// <summary>Records every notification; or answers as the test says.</summary>
public sealed class RecordingSender : IMailSender
{
    private readonly List<Notification> taken = [];

    /// <summary>In the order in which they were handed over.</summary>
    public IReadOnlyList<Notification> Taken
    {
        get
        {
            lock (taken)
                return [.. taken];
        }
    }

    public Func<Notification, SendReply> Answer { get; set; } = _ => new SendReply(SendResult.Taken, "250 OK");

    /// <summary>Runs while a notification is being written.</summary>
    public Func<Notification, Task>? BeforeItLeaves { get; set; }

    /// <summary>Runs while it is being sent.</summary>
    public Func<Notification, Task>? WhileItLeaves { get; set; }

    public async Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        if (BeforeItLeaves is { } happens)
            await happens(notification);
        if (!await mayLeave())
            return SendReply.Cancelled;
        if (WhileItLeaves is { } alsoHappens)
            await alsoHappens(notification);
        var reply = Answer(notification);
        if (reply.Result == SendResult.Taken)
        {
            lock (taken)
                taken.Add(notification);
        }

        return reply;
    }

    public Task<SendReply> Greet(CancellationToken stop) => Task.FromResult(Hello());

    /// <summary>The result of Greet.</summary>
    public Func<SendReply> Hello { get; set; } = () => new SendReply(SendResult.Taken, "250 OK");
}
