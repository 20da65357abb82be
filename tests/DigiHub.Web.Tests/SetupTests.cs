using System.Net;
using DigiHub.Tests;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests;

public sealed class SetupTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Serves_the_style_of_its_pages()
    {
        using var client = TestHub.NewClient();

        using var answer = await client.GetAsync(new Uri("/css/tokens.css", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Answers_an_unknown_address_with_404()
    {
        using var reader = TestHub.NewReader();

        await reader.Open("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
        Assert.DoesNotContain(TestHub.Log, line => line.Level >= LogLevel.Error);
    }
}
