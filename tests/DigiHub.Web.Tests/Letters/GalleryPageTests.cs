using System.Net;
using DigiHub.Letters;
using DigiHub.Tests;
using DigiHub.Web.Letters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Letters;

/// <summary>Every letter to look at, for administrators and in the demo.</summary>
public sealed class GalleryPageTests(SqliteDatabase database, Browser browser) : WebHouseTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Shows_every_letter_in_both_languages_and_leaves_no_trace_in_the_hub()
    {
        using var alan = await House.SignIn(Cast.Alan);

        foreach (var sample in LetterSample.All)
        {
            var page = WebUtility.HtmlDecode(await alan.Client.GetStringAsync(new Uri($"/letters/{sample.Kind}", UriKind.Relative), Stop));
            Assert.Contains(sample.Occasion?.German ?? sample.Kind.Words.German, page, StringComparison.Ordinal);
            foreach (var language in Enum.GetValues<Language>())
            {
                var address = $"/letters/{sample.Kind}/{language.Tag()}/html{(sample.Reading.Length == 0 ? "" : $"?reading={sample.Reading}")}";
                Assert.Contains($"\"{address}\"", page, StringComparison.Ordinal);
                using var letter = await alan.Client.GetAsync(new Uri(address, UriKind.Relative), Stop);
                Assert.Contains($"<html lang=\"{language.Tag()}\">", await letter.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
                Assert.Contains("default-src 'none'", letter.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            }
        }

        await using var db = House.OpenDb();
        Assert.Equal(0, await db.Letters.CountAsync(Stop));
    }

    [Theory]
    [InlineData("/letters")]
    [InlineData("/letters/EventReminder")]
    [InlineData("/letters/EventReminder/de/html")]
    public async Task Is_not_there_for_others(string path)
    {
        using var grace = await House.SignIn(Cast.Grace);

        using var answer = await grace.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/letters/Nonsense")]
    [InlineData("/letters/EventReminder/fr/html")]
    [InlineData("/letters/BookingMoved/en/html?reading=late")]
    [InlineData("/letters/99")]
    public async Task Knows_only_the_letters_there_are(string path)
    {
        using var alan = await House.SignIn(Cast.Alan);

        using var answer = await alan.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Dark)]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    public async Task Is_in_order(Language language, int width, ColorScheme scheme)
    {
        await using var visitor = await browser.Visit(House, new Viewing { Language = language, Width = width, Scheme = scheme });
        await House.SignIn(visitor, Cast.Alan);

        foreach (var path in new[] { "/letters", "/letters/RegistrationConfirmed", "/letters/EventChanged?dark=true" })
        {
            await visitor.Open(path);
            await visitor.CheckPage();
        }
    }

    [Theory]
    [InlineData(Language.German, ColorScheme.Dark)]
    [InlineData(Language.English, ColorScheme.Light)]
    public async Task Holds_letters_that_everybody_can_read(Language language, ColorScheme scheme)
    {
        var letters = await House.Services.GetRequiredService<LetterGallery>().Letters(Stop);
        await using var visitor = await browser.Visit(House, new Viewing { Language = language, Width = 390, Scheme = scheme });

        foreach (var sample in LetterSample.All)
        {
            await visitor.Page.SetContentAsync(letters[(sample, language)].Html);
            await visitor.CheckPage();
        }
    }
}
