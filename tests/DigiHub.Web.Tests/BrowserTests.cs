using DigiHub.Tests;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace DigiHub.Web.Tests;

/// <summary>The tests' own browser sees what the tests of pages rely on it to see.</summary>
public sealed class BrowserTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Passes_a_page_that_is_in_order()
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = 320 });

        await visitor.Page.SetContentAsync("""
            <!DOCTYPE html><html lang="de"><head><title>Hallo</title></head><body><main><h1>Hallo</h1><button>Buchen</button></main></body></html>
            """);

        await visitor.CheckPage();
    }

    [Theory]
    [InlineData("<img src='data:,' width=20 height=20>", "image-alt")]
    [InlineData("<div style='width:900px'>broad</div>", "scrolls sideways")]
    [InlineData("<script>nowhere()</script>", "nowhere is not defined")]
    public async Task Fails_a_page_that_is_not(string fault, string finding)
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = 320 });

        await visitor.Page.SetContentAsync($"""
            <!DOCTYPE html><html lang="de"><head><title>Hallo</title></head><body><main><h1>Hallo</h1>{fault}</main></body></html>
            """);

        var failure = await Assert.ThrowsAnyAsync<XunitException>(visitor.CheckPage);
        Assert.Contains(finding, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_clicks_fields_and_selects()
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.English });
        await visitor.Page.SetContentAsync(
            "<label>Name <input></label><label>Site <select><option>East<option>West</select></label><button>Book</button>");

        await visitor.Type(visitor.Page.GetByLabel("Name"), "Ada");
        await visitor.Choose(visitor.Page.GetByLabel("Site"), "West");
        await visitor.Click("Book");

        Assert.Equal(3, visitor.Steps);
    }

    [Theory]
    [InlineData(Language.German, ColorScheme.Dark, true)]
    [InlineData(Language.English, ColorScheme.Light, false)]
    public async Task Looks_as_it_is_told_to(Language language, ColorScheme scheme, bool javaScript)
    {
        await using var visitor =
            await browser.Visit(TestHub, new Viewing { Language = language, Scheme = scheme, JavaScript = javaScript, Width = 390 });

        await visitor.Page.SetContentAsync("<body><noscript>plain</noscript><script>document.body.append('lively')</script></body>");

        Assert.Equal(javaScript ? "lively" : "plain", (await visitor.Page.Locator("body").InnerTextAsync()).Trim());
        Assert.Equal(language.Culture().Name, await visitor.Page.EvaluateAsync<string>("() => navigator.language"));
        Assert.Equal(scheme == ColorScheme.Dark,
            await visitor.Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches"));
        Assert.Equal(390, await visitor.Page.EvaluateAsync<int>("() => innerWidth"));
    }
}
