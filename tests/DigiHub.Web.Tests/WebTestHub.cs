using System.Net;
using System.Net.Http.Headers;
using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Settings;
using DigiHub.Tests;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime.Testing;

namespace DigiHub.Web.Tests;

/// <summary>
/// The whole web application on a real socket of 127.0.0.1 and on a real database, for one test: with the cast, and the
/// clock stands at TestHub.Opening unless the options say otherwise. The program behind it is kept for the next test of the class
/// that wants the same (see <see cref="RunningHub"/>); its rows, files, cookies and log are new each time. A test in which it
/// logged a warning or worse fails, unless the test said that it expects just that.
/// </summary>
public sealed class WebTestHub : IAsyncDisposable
{
    /// <summary>Of everybody who signs in by SignIn.</summary>
    public const string Password = "vier kleine Kähne am Kanal";

    // A real hash takes a quarter of a second on purpose; the number of rounds stands in the hash, so this one is read, too.
    private static readonly string PasswordHash =
        new PasswordHasher<Member>(Options.Create(new PasswordHasherOptions { IterationCount = 100 }))
            .HashPassword(null!, Password);

    /// <summary>
    /// What Kestrel logs of the machine and not of the hub: it now and then trips over a connection that its client closes
    /// (dotnet/aspnetcore#52324; the answer was whole), and its heartbeat waits where the processors are busy with the tests themselves.
    /// </summary>
    private static readonly string[] OfNoTest = ["Reading is already in progress.", "the heartbeat has been running for"];

    private readonly TestDatabase database;
    private readonly RunningHub hub;
    private readonly List<string> expected;

    private WebTestHub(TestDatabase database, RunningHub hub, Cast cast, WebTestHubOptions options)
    {
        this.database = database;
        this.hub = hub;
        Cast = cast;
        expected = [.. options.Warnings, .. OfNoTest];
    }

    /// <summary>Where it listens; also its public address, so that links in e-mails lead here.</summary>
    public Uri Url => hub.Url;

    /// <summary>Fake; unused with RealClock.</summary>
    public FakeClock Clock => hub.Clock;

    public Cast Cast { get; }

    public IServiceProvider Services => hub.Services;

    /// <summary>What its entries and mails are named after.</summary>
    public Task<HubName> Name() => Services.GetRequiredService<HubIdentity>().Get().AsTask();

    /// <summary>What it logged so far, from information upwards.</summary>
    public IReadOnlyList<LogLine> Log => hub.Log.Lines;

    /// <summary>Where it keeps its files, the pickup folder of e-mails among them.</summary>
    public DirectoryInfo DataFolder => hub.DataFolder;

    /// <summary>Skips the test where the engine is not available.</summary>
    public static async Task<WebTestHub> Open(TestDatabase database, WebTestHubOptions? options = null)
    {
        database.SkipUnlessAvailable();
        options ??= new WebTestHubOptions();
        var idle = await Idle(database, options);
        var cast = await MoveIn(database, options, keepKeys: idle is not null);
        if (idle is not null)
            await idle.Renew(); // once all rows are there: what it reads meanwhile by itself must not stay
        return new WebTestHub(database, idle ?? await RunningHub.Start(database.Options, options), cast, options);
    }

    /// <summary>The test knows that it will warn in these words, or of this category.</summary>
    public void Expect(string warning) => expected.Add(warning);

    /// <summary>A client that keeps cookies and follows no redirect, so that a test sees each answer as it is.</summary>
    public HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() };
        return new HttpClient(handler) { BaseAddress = Url };
    }

    /// <summary>A reader without a browser: pages, forms and redirects.</summary>
    public Reader NewReader(Language language = Language.German) => new(NewClient(), language);

    /// <summary>Makes Password the member's.</summary>
    public async Task GivePassword(Member member)
    {
        await using var db = OpenDb();
        await db.Members.Where(candidate => candidate.Id == member.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(candidate => candidate.PasswordHash, PasswordHash));
    }

    /// <summary>A reader who signed in by the form of the sign-in page, as a browser would.</summary>
    public async Task<Reader> SignIn(Member member, Language? language = null)
    {
        await GivePassword(member);
        var reader = NewReader(language ?? member.Language);
        await reader.Open("/sign-in");
        await reader.Send("input[name='Password.Email']", ("Password.Email", member.Email), ("Password.Secret", Password));
        Assert.NotEqual("/sign-in", reader.Address.AbsolutePath);
        return reader;
    }

    /// <summary>The same in a browser; what it took does not count as steps.</summary>
    public async Task SignIn(Visitor visitor, Member member)
    {
        await GivePassword(member);
        await visitor.Open("/sign-in");
        await visitor.Page.Locator("input[name='Password.Email']").FillAsync(member.Email);
        await visitor.Page.Locator("input[name='Password.Secret']").FillAsync(Password);
        await visitor.Page.Locator("form:has(input[name='Password.Secret']) button.pri").ClickAsync();
        await visitor.Arrive(at => at.AbsolutePath != "/sign-in");
        visitor.Steps = 0;
    }

    /// <summary>A program of the member's, with a personal access token of theirs.</summary>
    public async Task<HttpClient> NewApiClient(Member member)
    {
        var secret = RandomToken.Make(AccessTokens.ApiPrefix);
        await Lay(new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = member.Id,
            Use = TokenUse.Api,
            Name = "test",
            Hash = RandomToken.Hash(secret),
            CreatedAt = TestHub.Opening,
        });
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A fresh context to read or add rows; the caller disposes of it.</summary>
    public HubDb OpenDb() => Services.GetRequiredService<HubDbFactory>().Open();

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

    /// <summary>Changes rows that are loaded with the catalogue, without any rule; the hub sees the change at once.</summary>
    public Task ChangeCatalogue(Func<HubDb, Task> change) => Services.GetRequiredService<UnitOfWork>().Run<bool>(async db =>
    {
        await change(db);
        // Plans never change once they are published, so that their tables are not watched; this one is.
        var row = db.Entry(await db.HubStateToChange(CancellationToken.None));
        if (row.State == EntityState.Unchanged)
            row.State = EntityState.Modified;
        return true;
    }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        var unexpected = Log.Where(line => line.Level >= LogLevel.Warning
            && !expected.Exists(words => line.ToString().Contains(words, StringComparison.Ordinal))).ToList();
        foreach (var folder in DataFolder.GetDirectories())
            folder.Delete(recursive: true); // the next test of the class starts with no e-mails; a SQLite database stays
        if (hub.IsReusable && database.Tenant is null)
            database.Tenant = hub;
        else
            await hub.DisposeAsync();

        foreach (var line in unexpected)
            TestContext.Current.TestOutputHelper?.WriteLine(line.ToString());
        if (TestContext.Current.TestState?.Result != TestResult.Failed) // what failed already has said why
            Assert.True(unexpected.Count == 0, "Logged, and not expected by the test:\n" + string.Join('\n', unexpected));
    }

    /// <summary>The program that an earlier test of the class left, ready for the next; null where there is none that would do.</summary>
    private static async Task<RunningHub?> Idle(TestDatabase database, WebTestHubOptions options)
    {
        if (database.Tenant is not RunningHub idle)
            return null;
        database.Tenant = null;
        if (idle.Suits(options))
            return idle;
        await idle.DisposeAsync();
        return null;
    }

    private static async Task<Cast> MoveIn(TestDatabase database, WebTestHubOptions options, bool keepKeys)
    {
        var now = TestHub.Opening;
#pragma warning disable RS0030 // the test asked for the real clock
        if (options.RealClock)
            now = SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        await using var services = new ServiceCollection().AddLogging().AddHubDb(database.Options).BuildServiceProvider();
        await using var db = services.GetRequiredService<HubDbFactory>().Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (keepKeys)
            await TestDatabase.Empty(db, typeof(StoredKey)); // the running program has them in memory
        else
            await TestDatabase.Empty(db);
        var cast = await Cast.MoveIn(db, now);
        await transaction.CommitAsync();
        return cast;
    }
}
