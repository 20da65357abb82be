using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Layout;

/// <summary>What a search engine shows below a page's title: every page that may be found says in a sentence what it is for.</summary>
public sealed class DescriptionTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    // About what search engines show before they cut.
    private const int LengthMin = 40, LengthMax = 170;

    // Behind the sign-in, and yet the pages people look for.
    private static readonly string[] front = ["/desks", "/find", "/rooms"];

    [Theory]
    [InlineData(Language.German)]
    [InlineData(Language.English)]
    public async Task Every_page_that_may_be_found_describes_itself_in_words_of_its_own(Language language)
    {
        using var reader = await TestHub.SignIn(Cast.Ada, language);
        using var guest = TestHub.NewReader(language);
        var told = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var page in SitePages.All.Where(page => page.IsPlain && (page.IsPublic || front.Contains(page.Route))))
        {
            var looked = page.IsPublic ? guest : reader;
            await looked.Open(page.Route);
            if (looked.Status != HttpStatusCode.OK || looked.Page.QuerySelector("meta[name=robots][content*=noindex]") is not null)
                continue;

            var description = looked.Page.QuerySelector("meta[name=description]")?.GetAttribute("content") ?? "";
            Assert.True(description.Length is >= LengthMin and <= LengthMax,
                $"{page.Route} ({language}): \"{description}\" ({description.Length})");
            Assert.True(told.TryAdd(description, page.Route), $"{page.Route} and {told[description]} say the same.");
        }

        Assert.Superset(front.Concat(["/", "/events", "/imprint", "/privacy", "/accessibility", "/sign-in"]).ToHashSet(),
            told.Values.ToHashSet());
    }

    [Fact]
    public async Task The_sign_in_page_has_a_description_too()
    {
        using var robot = TestHub.NewReader();

        await robot.Open("/desks");

        Assert.Equal("/sign-in", robot.Address.AbsolutePath);
        Assert.NotNull(robot.Page.QuerySelector("meta[name=description]"));
    }
}
