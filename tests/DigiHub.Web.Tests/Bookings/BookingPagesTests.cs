using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Every page of booking, looked at as wide as it gets and as narrow, in both languages and both themes.</summary>
public sealed class BookingPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string[] Pages =
    [
        "/", "/desks?site=east&day=2026-11-24", "/desks?site=east&day=2026-11-24&show=list&with=window", "/desks?site=west&day=2026-11-29",
        "/rooms?site=east&day=2026-11-23", "/rooms?site=east&day=2026-11-29", "/find?kind=room&people=4&day=2026-11-24&start=10:00",
        "/find?kind=desk&site=west", "/find?kind=room&people=199", "/my-bookings", "/my-bookings?view=week",
        "/my-bookings?view=month", "/my-bookings?view=past", "/palette?q=desk", "/front-desk?site=east&who=a", "/admin",
    ];

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Light)]
    [InlineData(Language.English, 390, ColorScheme.Dark)]
    [InlineData(Language.German, 1280, ColorScheme.Dark)]
    [InlineData(Language.English, 1280, ColorScheme.Light)]
    public async Task Are_in_order(Language language, int width, ColorScheme scheme)
    {
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await visitor.Open("/");
        await visitor.CheckPage();
        await using (var db = TestHub.OpenDb())
            await db.Set<DigiHub.Members.Member>().Where(member => member.Id == Cast.Alan.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(member => member.Language, language), Stop);
        await TestHub.SignIn(visitor, Cast.Alan);

        foreach (var path in Pages)
        {
            var answer = await visitor.Open(path);
            Assert.Equal((path, 200), (path, answer!.Status));
            await visitor.CheckPage();
        }

        await visitor.Open($"/book?space={Cast.Spree.Id}&day=2026-11-24&start=10:00&end=11:00");
        await visitor.CheckPage();
        await visitor.Page.Locator("main form.card button.pri").ClickAsync();
        await visitor.Page.Locator(".toast a").ClickAsync();
        await visitor.Arrive(at => at.AbsolutePath.StartsWith("/bookings/", StringComparison.Ordinal));
        await visitor.CheckPage();
    }

    [Theory]
    [InlineData("/desks?day=9999-99-99&part=never&floor=-1&with=gold&show=3d", 400)]
    [InlineData("/desks?site=north", 400)]
    [InlineData("/rooms?day=0001-01-01", 400)]
    [InlineData("/rooms?at=x-y&people=99999999999&with=", 400)]
    [InlineData("/rooms?people=&day=&with=&at=", 200)]
    [InlineData("/find?kind=castle&start=25:00&length=-5&people=0&for=nobody", 400)]
    [InlineData("/find?day=2999-01-01&kind=99", 400)]
    [InlineData("/find?day=2299-12-31", 200)]
    [InlineData("/my-bookings?after=x&before=9.9", 400)]
    [InlineData("/my-bookings?view=year&day=2026-02-30", 400)]
    [InlineData("/my-bookings?view=month&day=2299-12-31", 200)]
    [InlineData("/my-bookings?view=week&day=1995-01-01", 200)]
    [InlineData("/my-bookings?did=restored&restored=-1&of=x", 400)]
    [InlineData("/bookings/019a0000-0000-7000-8000-000000000000", 404)]
    [InlineData("/bookings/not-one", 404)]
    [InlineData("/book?space=0", 404)]
    [InlineData("/?site=nowhere", 400)]
    [InlineData("/?done=booked-1", 200)]
    [InlineData("/floors/999999.css", 404)]
    public async Task Answer_nonsense_calmly(string path, int status)
    {
        using var reader = await TestHub.SignIn(Cast.Ada);

        await reader.Open(path);

        Assert.Equal(status, (int)reader.Status);
    }

    [Fact]
    public async Task The_stylesheet_of_a_floor_is_kept_under_its_version()
    {
        using var client = TestHub.NewClient();
        var first = await client.GetAsync(new Uri($"/floors/{Cast.Desk.FloorId}.css", UriKind.Relative), Stop);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/floors/{Cast.Desk.FloorId}.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await client.SendAsync(again, Stop);

        Assert.Contains($"#s{Cast.Desk.Id}{{", await first.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(304, (int)second.StatusCode);
    }
}
