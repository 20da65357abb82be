using System.Globalization;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime.Testing;

namespace DigiHub.Web.Tests;

/// <summary>
/// The program itself, put together by the very calls of Program.cs. Starting it costs a second of a core (every endpoint is compiled at
/// its first request), a test of a page a few hundredths: so it stays for the next test that wants the same, and Renew takes away
/// what it remembers.
/// </summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private const int PortTriesMax = 5;

    private readonly WebApplication app;
    private readonly WebTestHubOptions options;
    private readonly bool ownsDataFolder;

    private RunningHub(
        WebApplication app, WebTestHubOptions options, FakeClock clock, LogBook log, DirectoryInfo dataFolder, bool ownsDataFolder, Uri url)
    {
        this.app = app;
        this.options = options;
        this.ownsDataFolder = ownsDataFolder;
        Clock = clock;
        Log = log;
        DataFolder = dataFolder;
        Url = url;
    }

    public Uri Url { get; }

    public FakeClock Clock { get; }

    public LogBook Log { get; }

    public DirectoryInfo DataFolder { get; }

    public IServiceProvider Services => app.Services;

    public bool IsReusable => options.IsReusable;

    /// <summary>The database must be in this version's shape, and hold whatever is to be there at the start.</summary>
    public static async Task<RunningHub> Start(DataOptions database, WebTestHubOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var hub = await Build(database, options);
            try
            {
                await hub.app.StartAsync();
                return hub;
            }
            catch (IOException) when (attempt < PortTriesMax)
            {
                await hub.DisposeAsync(); // somebody took the port between our look at it and our taking it
            }
        }
    }

    public bool Suits(WebTestHubOptions wanted) => options.Suits(wanted);

    /// <summary>
    /// As if just started, but for the keys in the database, which must stay. What else a program remembers is counted for metrics,
    /// held by limits (off here) or found again in the rows:.
    /// </summary>
    public async Task Renew()
    {
        Clock.Reset(TestHub.Opening);
        Log.Clear();
        await ForgetCatalogue(Services);
    }

    /// <summary>It is read again after a write that changes it; else it would be in half a second of a clock that stands still.</summary>
    private static Task<Outcome<int>> ForgetCatalogue(IServiceProvider hub) => hub.GetRequiredService<UnitOfWork>().Run<int>(
        db =>
        {
            db.ChangesCatalogue = true;
            return Task.FromResult<Outcome<int>>(0);
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsDataFolder && DataFolder.Exists)
            DataFolder.Delete(recursive: true);
    }

    private static async Task<RunningHub> Build(DataOptions database, WebTestHubOptions options)
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
        var settings = SettingsOf(options);
        settings.TryAdd("PublicUrl", url.ToString());
        settings.TryAdd("DataFolder", dataFolder.FullName);
        settings.TryAdd("Database:Postgres", database.Postgres);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create($"{HubSettings.Section}:{pair.Key}", pair.Value)));

        var clock = new FakeClock(TestHub.Opening);
        var book = new LogBook();
        builder.Logging.ClearProviders().AddProvider(book);
        builder.AddHub();
        // Hangfire keeps the logger factory of the hub built last in a static, for all hubs of the process: one handed to the
        // container is not disposed of with it, so that no hub can pull it away from another.
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new LoggerFactory([book], FiltersOf(builder.Services))));
        if (!options.RealClock)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IClock>(clock));
            builder.Services.AddSingleton<IStartupFilter>(new CookiesOfToday(clock));
        }

        if (!options.Jobs)
        {
            builder.Services.AddSingleton<IJobSignal>(new CountedSignal()); // who would hear it?
            // Reads while the next test lays its rows, by a clock that stands still.
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(SettingsWatch)));
        }

        options.ConfigureServices?.Invoke(builder.Services);

        var hub = builder.Build();
        await hub.PrepareHub();
        await ForgetCatalogue(hub.Services);
        hub.UseHub();
        return new RunningHub(hub, options, clock, book, dataFolder, database.IsPostgres, url);
    }

    private static Dictionary<string, string?> SettingsOf(WebTestHubOptions options)
    {
        var settings = new Dictionary<string, string?>(options.Settings, StringComparer.Ordinal);
        settings.TryAdd("Dns:Server", "127.0.0.1:9"); // where nobody answers: no test asks the world
        if (!options.Jobs)
            settings.TryAdd("Jobs:Workers", "0");
        if (!options.Limits)
        {
            settings.TryAdd("Server:ConnectionsPerCallerMax", 1_000_000.ToString(CultureInfo.InvariantCulture));
            foreach (var limit in typeof(LimitSettings).GetProperties().Where(property => property.PropertyType == typeof(int)))
                settings.TryAdd($"Limits:{limit.Name}", 1_000_000.ToString(CultureInfo.InvariantCulture));
        }

        return settings;
    }

    private static LoggerFilterOptions FiltersOf(IServiceCollection services)
    {
        var filters = new LoggerFilterOptions();
        foreach (var filter in services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<Microsoft.Extensions.Options.IConfigureOptions<LoggerFilterOptions>>())
        {
            filter.Configure(filters);
        }

        return filters;
    }
}
