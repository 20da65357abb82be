using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests;

/// <summary>
/// A person with a real browser. Counts the steps as interface.md counts them (a click or tap, a required field
/// typed, a select changed) and notes every complaint of the page: errors of scripts, of the content security policy, of
/// things that could not be loaded.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();
    private static readonly TimeSpan arrivalMax = TimeSpan.FromSeconds(60);
    private static readonly string[] AxeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private readonly IBrowserContext context;
    private readonly Viewing viewing;
    private readonly List<string> complaints = [];

    internal Visitor(IBrowserContext context, IPage page, Viewing viewing)
    {
        this.context = context;
        this.viewing = viewing;
        Page = page;
        page.PageError += (_, error) => Note($"script: {error}");
        page.Console += (_, message) => NoteError(message);
        page.Response += (_, response) => NoteIfBroken(response);
    }

    public IPage Page { get; }

    /// <summary>Clicks, fields and selects so far. Set it to 0 where the counting begins.</summary>
    public int Steps { get; set; }

    public async Task<IResponse?> Open(string path) => await Page.GotoAsync(path);

    public async Task Click(ILocator what)
    {
        Steps++;
        await what.ClickAsync();
    }

    public async Task Type(ILocator field, string text)
    {
        Steps++;
        await field.FillAsync(text);
    }

    public async Task Choose(ILocator select, string label)
    {
        Steps++;
        await select.SelectOptionAsync(new SelectOptionValue { Label = label });
    }

    public Task Click(string button) => Click(Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }));

    public Task Follow(string link) => Click(Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }));

    /// <summary>
    /// Waits until a page at such an address is there with all that belongs to it. Asked again and again, as the browser's own word for it
    /// may come before anybody listens.
    /// </summary>
    public async Task Arrive(Func<Uri, bool> isThere)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < arrivalMax;)
        {
            try
            {
                if (isThere(new Uri(Page.Url)) && await Page.EvaluateAsync<string>("document.readyState") == "complete")
                    return;
            }
            catch (PlaywrightException)
            {
                // The page went away while it was asked.
            }

            await Page.WaitForTimeoutAsync(50);
        }

        Assert.Fail($"Still at {Page.Url} after {arrivalMax}.");
    }

    /// <summary>Everything every page must pass: no violation of axe's rules, no horizontal scrolling, no complaint.</summary>
    public async Task CheckPage()
    {
        await Arrive(_ => true); // a page whose style is still on its way is wide for a moment
        await CheckWidth();
        if (viewing.JavaScript)
            await CheckAccess(); // axe is a script
        Assert.Empty(complaints);
    }

    /// <summary>Nothing is wider than the window (WCAG 2.2 SC 1.4.10).</summary>
    public async Task CheckWidth()
    {
        var tooWide = await Page.EvaluateAsync<string?>("""
            () => {
                const seen = window.innerWidth, all = document.documentElement.scrollWidth;
                if (all <= seen) return null;
                const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > seen + 0.5)
                    .slice(0, 5).map(e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : ''));
                return `${all} px in a window of ${seen} px: ${wide.join(', ')}`;
            }
            """);

        Assert.True(tooWide is null, $"{Page.Url} scrolls sideways, {tooWide}");
    }

    /// <summary>No violation of WCAG 2.2 A and AA as axe-core can find them, nor of its best practices.</summary>
    public async Task CheckAccess()
    {
        // Axe waits for ever for a frame that may run no scripts. E-mails stand in such; GalleryPageTests looks at them by themselves.
        await Page.EvaluateAsync("document.querySelectorAll('iframe[sandbox]').forEach(frame => frame.remove())");
        // In the page itself: the ready-made adapter opens another page for each look, and a process with it.
        await Page.EvaluateAsync(AxeScript);
        var violations = await Page.EvaluateAsync<string[]>("""
            async tags => (await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], iframes: false })).violations.map(
                one => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.slice(0, 3).map(node => node.html).join(' | ')}`)
            """, AxeTags);
        Assert.True(violations.Length == 0, $"{Page.Url} ({viewing}):\n{string.Join('\n', violations)}");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void NoteError(IConsoleMessage message)
    {
        // A page that answers 404 or 409 is reported on the console, too; what matters of it is noted from the response.
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            Note($"console: {message.Text}");
    }

    private void NoteIfBroken(IResponse response)
    {
        var isPage = response.Request.IsNavigationRequest;
        if (response.Status >= 500 || (response.Status >= 400 && !isPage))
            Note($"{response.Status} {response.Url}");
    }

    private void Note(string complaint)
    {
        lock (complaints)
            complaints.Add(complaint);
    }
}
