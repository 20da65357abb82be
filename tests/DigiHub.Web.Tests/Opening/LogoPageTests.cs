using System.Text;
using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Opening;

/// <summary>The logo in a browser: uploaded, shown on every page in the look the reader has, served to everybody, taken away.</summary>
public sealed class LogoPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_logo_stands_on_every_page_and_its_dark_one_in_the_dark_look()
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Language = Language.German });
        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open("/admin/settings");
        await alan.Follow("Logo des Hubs");
        await alan.CheckPage();
        await Upload(alan, "light", "#123456");
        await Upload(alan, "dark", "#fedcba");
        await alan.CheckPage();

        var light = alan.Page.Locator(".mark .logo-light");
        Assert.True(await light.IsVisibleAsync());
        Assert.False(await alan.Page.Locator(".mark .logo-dark").IsVisibleAsync());
        await alan.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.False(await light.IsVisibleAsync());
        Assert.True(await alan.Page.Locator(".mark .logo-dark").IsVisibleAsync());

        using var stranger = TestHub.NewClient();
        using var picture = await stranger.GetAsync(new Uri((await light.GetAttributeAsync("src"))!, UriKind.Relative), Stop);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(picture.Headers.GetValues("Content-Security-Policy")));
        using var other = await stranger.GetAsync(new Uri($"/logo/{new string('a', 64)}", UriKind.Relative), Stop);
        Assert.Equal(404, (int)other.StatusCode);

        await alan.Page.Locator("#form-light [value=remove]").ClickAsync();
        await alan.Page.Locator("#form-dark [value=remove]").ClickAsync();
        Assert.Equal(0, await alan.Page.Locator(".logo").CountAsync());
        Assert.Equal(1, await alan.Page.Locator(".mark-signs").CountAsync());
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_beside_its_field()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/settings/logo");
        await alan.Send("#form-light");

        Assert.Equal(400, (int)alan.Status);
        Assert.Contains("Wählen Sie ein Bild.", alan.Text, StringComparison.Ordinal);
    }

    private static async Task Upload(Visitor alan, string look, string colour)
    {
        await alan.Page.Locator($"[name=picture-{look}]").SetInputFilesAsync(new FilePayload
        {
            Name = "logo.svg",
            MimeType = "image/svg+xml",
            Buffer = Encoding.UTF8.GetBytes($"""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="{colour}"/></svg>
                """),
        });
        await alan.Page.Locator($"#form-{look} .pri").ClickAsync();
        await alan.Page.Locator(".logo").First.WaitForAsync();
    }
}
