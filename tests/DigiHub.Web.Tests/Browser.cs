using DigiHub.Web.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace DigiHub.Web.Tests;

/// <summary>How somebody looks at the hub.</summary>
public sealed record Viewing
{
    public Language Language { get; init; } = Language.German;

    /// <summary>In CSS pixels: 320 is the narrowest we promise, 390 a telephone, 1280 a desk.</summary>
    public int Width { get; init; } = 1280;

    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    public bool JavaScript { get; init; } = true;

    /// <summary>Both languages, a telephone and a desk, light and dark: what every main page is looked at in.</summary>
    public static TheoryData<Language, int, ColorScheme> All { get; } = new MatrixTheoryData<Language, int, ColorScheme>(
        [Language.German, Language.English], [390, 1280], [ColorScheme.Light, ColorScheme.Dark]);
}

/// <summary>
/// One headless Chromium for the whole run, started by the first test that needs it. Each visit has a context of its own:
/// cookies, language, width and colours are shared with nobody.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private const int HeightPixels = 900;

    /// <summary>For what takes a moment on an idle machine.</summary>
    private const float PatienceMilliseconds = 60_000;

    private static readonly string? Chromium = Environment.GetEnvironmentVariable("DIGIHUB_TEST_CHROMIUM");

    private static readonly string[] Quiet =
    [
        "--no-sandbox", // Chromium refuses to run as root with its sandbox, and CI often is root
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Skips the test where no browser is installed.</summary>
    public Task<Visitor> Visit(WebTestHub testHub, Viewing? viewing = null) => Visit(testHub.Url, viewing);

    /// <summary>Skips the test where no browser is installed.</summary>
    public async Task<Visitor> Visit(Uri url, Viewing? viewing = null)
    {
        var way = viewing ?? new Viewing();
        var running = await Running();
        var context = await running.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url.ToString(),
            Locale = way.Language.Culture().Name,
            TimezoneId = "Europe/Berlin",
            ColorScheme = way.Scheme,
            ReducedMotion = ReducedMotion.Reduce, // a colour in the middle of a transition is nobody's colour
            JavaScriptEnabled = way.JavaScript,
            ViewportSize = new ViewportSize { Width = way.Width, Height = HeightPixels },
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        return new Visitor(context, await context.NewPageAsync(), way);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    private async Task<IBrowser> Running()
    {
        Assert.SkipWhen(Chromium is null, "No browser: DIGIHUB_TEST_CHROMIUM is not set (tests/run sets it).");
        await starting.WaitAsync();
        try
        {
            Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
            playwright ??= await Playwright.CreateAsync();
            return browser ??=
                await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Quiet });
        }
        finally
        {
            starting.Release();
        }
    }
}
