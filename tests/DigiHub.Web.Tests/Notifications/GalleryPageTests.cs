using System.Net;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>Every e-mail to look at, for administrators and in the demo.</summary>
public sealed class GalleryPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Every_type_that_is_declared_has_one_author_and_a_usual_example_in_both_languages()
    {
        var authors = TestHub.Services.GetServices<IEmailAuthor>().ToList();
        var usual = (await Examples()).Where(example => example.Sample.Reading.Length == 0).ToLookup(example => example.Sample.Type);

        Assert.All(NotificationType.All, type =>
        {
            Assert.Single(authors, author => author.Writes(type));
            Assert.Equal([Language.German, Language.English], usual[type].Select(example => example.Language));
        });
    }

    [Fact]
    public async Task Shows_every_email_in_both_languages_and_leaves_no_trace_in_the_hub()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        foreach (var sample in (await Examples()).Select(example => example.Sample).Distinct())
        {
            var page = WebUtility.HtmlDecode(await alan.Client.GetStringAsync(new Uri($"/emails/{sample.Type}", UriKind.Relative), Stop));
            Assert.Contains(sample.Occasion?.German ?? sample.Type.Words.German, page, StringComparison.Ordinal);
            foreach (var language in Enum.GetValues<Language>())
            {
                var address =
                    $"/emails/{sample.Type}/{language.Tag()}/html{(sample.Reading.Length == 0 ? "" : $"?reading={sample.Reading}")}";
                Assert.Contains($"\"{address}\"", page, StringComparison.Ordinal);
                using var notification = await alan.Client.GetAsync(new Uri(address, UriKind.Relative), Stop);
                Assert.Contains($"<html lang=\"{language.Tag()}\">",
                    await notification.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
                Assert.Contains("default-src 'none'",
                    notification.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            }
        }

        await using var db = TestHub.OpenDb();
        Assert.Equal(0, await db.Notifications.CountAsync(Stop));
    }

    [Theory]
    [InlineData("/emails")]
    [InlineData("/emails/event_reminder")]
    [InlineData("/emails/event_reminder/de/html")]
    public async Task Is_not_there_for_others(string path)
    {
        using var grace = await TestHub.SignIn(Cast.Grace);

        using var answer = await grace.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/emails/Nonsense")]
    [InlineData("/emails/event_reminder/fr/html")]
    [InlineData("/emails/booking_moved/en/html?reading=late")]
    [InlineData("/emails/99")]
    public async Task Knows_only_the_emails_there_are(string path)
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        using var answer = await alan.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Dark)]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    public async Task Is_in_order(Language language, int width, ColorScheme scheme)
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(visitor, Cast.Alan);

        foreach (var path in new[] { "/emails", "/emails/registration_confirmed", "/emails/event_changed?dark=true" })
        {
            await visitor.Open(path);
            await visitor.CheckPage();
        }
    }

    [Theory]
    [InlineData(Language.German, ColorScheme.Dark)]
    [InlineData(Language.English, ColorScheme.Light)]
    public async Task Holds_emails_that_everybody_can_read(Language language, ColorScheme scheme)
    {
        var examples = await Examples();
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = 390, Scheme = scheme });

        foreach (var example in examples.Where(example => example.Language == language))
        {
            await visitor.Page.SetContentAsync(example.Mail.Html);
            await visitor.CheckPage();
        }
    }

    private Task<IReadOnlyList<EmailExample>> Examples() => TestHub.Services.GetRequiredService<EmailGallery>().Examples(Stop);
}
