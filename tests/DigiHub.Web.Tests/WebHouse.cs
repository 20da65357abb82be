using System.Net;
using System.Net.Http.Headers;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime.Testing;

namespace DigiHub.Web.Tests;

/// <summary>What a test may want different about the web application it starts.</summary>
public sealed record WebManners
{
    /// <summary>The clock on the wall instead of one in hand, for tests that measure or race.</summary>
    public bool RealClock { get; init; }

    /// <summary>Settings below the section DigiHub, such as ("Demo", "true") or ("Database:PoolMax", "8").</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Adds or replaces services, for the rare test that needs to.</summary>
    public Action<IServiceCollection>? Furnish { get; init; }
}

/// <summary>
/// The whole web application, put together by the very calls of Program.cs, on a real socket of 127.0.0.1 and on a real
/// database, with the cast moved in. Its clock stands at House.Opening unless the manners say otherwise.
/// </summary>
public sealed class WebHouse : IAsyncDisposable
{
    /// <summary>Of everybody who signs in by SignIn.</summary>
    public const string Password = "vier kleine Kähne am Kanal";

    private const int PortTriesMax = 5;

    // A real hash takes a quarter of a second on purpose; the number of rounds stands in the hash, so this one is read, too.
    private static readonly string PasswordHash = new PasswordHasher<Member>(Options.Create(new PasswordHasherOptions { IterationCount = 100 }))
        .HashPassword(null!, Password);

    private readonly WebApplication app;
    private readonly LogBook log;
    private readonly bool ownsDataFolder;

    private WebHouse(WebApplication app, FakeClock clock, LogBook log, DirectoryInfo dataFolder, bool ownsDataFolder, Uri url)
    {
        this.app = app;
        this.log = log;
        this.ownsDataFolder = ownsDataFolder;
        Clock = clock;
        DataFolder = dataFolder;
        Url = url;
    }

    /// <summary>Where it listens; also its public address, so that links in letters lead here.</summary>
    public Uri Url { get; }

    /// <summary>In hand; it counts for nothing under RealClock.</summary>
    public FakeClock Clock { get; }

    public Cast Cast { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    /// <summary>What its entries and mails are named after.</summary>
    public Task<HubName> Name() => Services.GetRequiredService<HubIdentity>().Get().AsTask();

    /// <summary>What it logged so far, from information upwards.</summary>
    public IReadOnlyList<LogLine> Log => log.Lines;

    /// <summary>Where it keeps its files, the pickup folder of letters among them.</summary>
    public DirectoryInfo DataFolder { get; }

    /// <summary>Skips the test where the engine is not at hand.</summary>
    public static async Task<WebHouse> Open(TestDatabase database, WebManners? manners = null)
    {
        database.SkipUnlessAtHand();
        var ways = manners ?? new WebManners();
        var cast = await MoveIn(database, ways);
        for (var attempt = 1; ; attempt++)
        {
            var house = await Build(database.Options, ways);
            house.Cast = cast;
            try
            {
                await house.app.StartAsync();
                return house;
            }
            catch (IOException) when (attempt < PortTriesMax)
            {
                await house.DisposeAsync(); // somebody took the port between our look at it and our taking it
            }
        }
    }

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

    /// <summary>A reader who came in by the form of the sign-in page, as a browser would.</summary>
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
        await visitor.Page.WaitForURLAsync(address => new Uri(address).AbsolutePath != "/sign-in");
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
            CreatedAt = House.Opening,
        });
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A fresh context to look at the rows or to lay some down; the caller disposes of it.</summary>
    public HubDb OpenDb() => Services.GetRequiredService<HubDbFactory>().Open();

    public async Task<T> Read<T>(Func<HubDb, Task<T>> question)
    {
        await using var db = OpenDb();
        return await question(db);
    }

    /// <summary>Lays down rows past every rule: the past, or what only a bug would write.</summary>
    public async Task Lay(params object[] rows)
    {
        await using var db = OpenDb();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in log.Lines.Where(line => line.Level >= LogLevel.Warning))
            TestContext.Current.TestOutputHelper?.WriteLine(line.ToString());
        await app.StopAsync();
        await app.DisposeAsync();
        foreach (var folder in DataFolder.GetDirectories())
            folder.Delete(recursive: true); // the next test of the class starts with no letters; a SQLite database stays
        if (ownsDataFolder)
            DataFolder.Delete(recursive: true);
    }

    private static async Task<Cast> MoveIn(TestDatabase database, WebManners ways)
    {
        var now = House.Opening;
#pragma warning disable RS0030 // the clock on the wall is what this test asked for
        if (ways.RealClock)
            now = SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        await using var services = new ServiceCollection().AddLogging().AddHubDb(database.Options).BuildServiceProvider();
        await using var db = services.GetRequiredService<HubDbFactory>().Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await TestDatabase.Empty(db);
        var cast = await Cast.MoveIn(db, now);
        await transaction.CommitAsync();
        return cast;
    }

    private static async Task<WebHouse> Build(DataOptions database, WebManners ways)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Program).Assembly.GetName().Name,
            ContentRootPath = Path.Combine(Repository.Root, "src", "DigiHub.Web"),
            EnvironmentName = "Testing",
        });
        builder.WebHost.UseStaticWebAssets(); // they lie where the build left them, not in a published folder

        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        builder.WebHost.UseUrls(url.ToString());
        var dataFolder = database.IsPostgres
            ? Directory.CreateTempSubdirectory("digihub-web-")
            : new DirectoryInfo(Path.GetDirectoryName(database.SqliteFile)!); // where the test database lies is where the hub looks
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PublicUrl"] = url.ToString(),
            ["DataFolder"] = dataFolder.FullName,
            ["Database:Postgres"] = database.Postgres,
        };
        foreach (var (key, value) in ways.Settings)
            settings[key] = value;
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"{HubSettings.Section}:{pair.Key}", pair.Value)));

        var clock = new FakeClock(House.Opening);
        var book = new LogBook();
        builder.Logging.ClearProviders().AddProvider(book);
        builder.AddHub();
        // Hangfire keeps the logger factory of the hub built last in a static, for all hubs of the process: one handed to the
        // container is not disposed of with it, so that no hub can pull it away from another.
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new LoggerFactory([book])));
        if (!ways.RealClock)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IClock>(clock));
            builder.Services.AddSingleton<IStartupFilter>(new CookiesOfToday(clock));
        }

        ways.Furnish?.Invoke(builder.Services);

        var hub = builder.Build();
        await hub.PrepareHub();
        hub.UseHub();
        return new WebHouse(hub, clock, book, dataFolder, database.IsPostgres, url);
    }
}
