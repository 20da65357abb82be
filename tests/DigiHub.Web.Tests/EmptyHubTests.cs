using System.Net;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests;

/// <summary>A hub that has just been set up: no site, no space, nobody but whoever set it up.</summary>
public sealed class EmptyHubTests(SqliteDatabase database) : WebHouseTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/events")]
    [InlineData("/sign-in")]
    [InlineData("/sitemap.xml")]
    [InlineData("/health/ready")]
    public async Task Public_pages_open_before_the_first_site_is_there(string path)
    {
        await using (var db = House.OpenDb())
            await TestDatabase.Empty(db);
        House.Services.GetRequiredService<Catalogue>().Forget();
        using var stranger = House.NewClient();

        using var answer = await stranger.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
