using System.Net;
using System.Net.Sockets;
using System.Text;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Security;

public sealed class SilentConnectionsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int PerCaller = 5;

    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Server:ConnectionsPerCallerMax"] = $"{PerCaller}",
            ["Server:KeepAliveSeconds"] = "1",
            ["Server:HeaderSecondsMax"] = "1",
        },
    };

    [Fact]
    public async Task Closes_a_connection_on_which_nothing_is_asked()
    {
        using var silent = await Connect("127.0.0.1");

        Assert.True(await IsClosed(silent));
    }

    [Fact]
    public async Task Closes_a_connection_whose_request_does_not_end()
    {
        using var slow = await Connect("127.0.0.1");
        await slow.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n"), Stop);

        Assert.True(await IsClosed(slow));
    }

    [Fact]
    public async Task Turns_one_caller_s_connections_away_beyond_its_share_and_serves_everybody_else()
    {
        var crowd = new List<Socket>();
        try
        {
            for (var count = 0; count < PerCaller; count++)
                crowd.Add(await Connect("127.0.0.2"));

            Assert.True(await IsTurnedAway("127.0.0.2"));
            using var somebody = TestHub.NewClient();
            using var answer = await somebody.GetAsync(new Uri("/sign-in", UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            crowd.ForEach(one => one.Dispose());
        }
    }

    private async Task<Socket> Connect(string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, TestHub.Url.Port, Stop);
        return socket;
    }

    // The hub may close it before this side has even been told that it is open.
    private async Task<bool> IsTurnedAway(string from)
    {
        try
        {
            using var oneMore = await Connect(from);
            return await IsClosed(oneMore);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Reads until the other side ends: what it may say before (408) does not count.</summary>
    private static async Task<bool> IsClosed(Socket socket)
    {
        var rest = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(rest, Stop) > 0)
            {
            }
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }

        return true;
    }
}
