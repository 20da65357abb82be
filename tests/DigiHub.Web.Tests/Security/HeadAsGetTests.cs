using System.Net;
using System.Net.Sockets;
using System.Text;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Security;

/// <summary>Link checkers, monitors and previews ask with HEAD; they get what GET would, without the body.</summary>
public sealed class HeadAsGetTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/events", 200)]
    [InlineData("/sitemap.xml", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/css/tokens.css", 200)]
    [InlineData("/my-bookings", 302)] // for members: the way to the sign-in
    [InlineData("/nowhere", 404)]
    [InlineData("/api/v1/nowhere", 404)]
    [InlineData("/language", 404)] // takes forms only
    public async Task Answers_as_GET_would_without_the_body(string path, int status)
    {
        var (head, body) = await Ask("HEAD", path);
        var (get, _) = await Ask("GET", path);

        Assert.Equal($"HTTP/1.1 {status}", head[0][..12]);
        Assert.Equal(get[0], head[0]);
        Assert.Equal(Header(get, "Content-Type"), Header(head, "Content-Type"));
        Assert.Equal(Header(get, "Location"), Header(head, "Location"));
        Assert.Equal(Header(get, "Cache-Control"), Header(head, "Cache-Control"));
        Assert.Equal(Header(get, "Content-Encoding"), Header(head, "Content-Encoding"));
        Assert.Empty(body);
    }

    [Fact]
    public async Task Changes_nothing_for_forms()
    {
        using var client = TestHub.NewClient();

        using var answer =
            await client.PostAsync(new Uri("/language", UriKind.Relative), new FormUrlEncodedContent([new("language", "en")]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode); // its token is still asked for
    }

    private static string? Header(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>By hand, to the last byte: a client would throw away a body that must not be there.</summary>
    private async Task<(string[] Head, string Body)> Ask(string method, string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(TestHub.Url.Host, TestHub.Url.Port, Stop);
        var stream = socket.GetStream();
        var request = $"{method} {path} HTTP/1.1\r\nHost: {TestHub.Url.Authority}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(Stop);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (answer[..end].Split("\r\n"), answer[(end + 4)..]);
    }
}
