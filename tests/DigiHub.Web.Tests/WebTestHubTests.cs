using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>Signing in works as the tests of pages rely on.</summary>
public sealed class WebTestHubTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(+10)]
    public async Task Signs_in_with_and_without_a_browser_in_any_year(int yearsFromOpening)
    {
        TestHub.Clock.Reset(TestHub.Clock.GetCurrentInstant() + Duration.FromDays(365 * yearsFromOpening));
        await using var visitor = await browser.Visit(TestHub, new Viewing { JavaScript = false });

        using var reader = await TestHub.SignIn(Cast.Ada);
        await TestHub.SignIn(visitor, Cast.Bob);

        var signedIn = await TestHub.Read(db => db.Sessions.Select(session => session.MemberId).ToListAsync(Stop));
        Assert.Equivalent(new[] { Cast.Ada.Id, Cast.Bob.Id }, signedIn, strict: true);
        Assert.Equal(0, visitor.Steps);
        Assert.Contains(await visitor.Page.Context.CookiesAsync(), cookie => cookie.Name == "hub");
    }
}
