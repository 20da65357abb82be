using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Parser;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Account;

public sealed class SignInFloodTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const int PermitsOfAccount = 4;

    // Real hashes, which take a core each; few of them.
    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits:FailedSignInsPer15Minutes"] = $"{PermitsOfAccount}" },
    };

    [Fact]
    public async Task Hashes_only_what_has_a_permit_and_lets_others_in_meanwhile()
    {
        await TestHub.GivePassword(Cast.Ada);
        await TestHub.GivePassword(Cast.Bob);
        using var crowd = TestHub.NewClient();
        var form = await FormOf(crowd);

        var flood = Task.WhenAll(Enumerable.Range(0, 60)
            .Select(guess => SignIn(crowd, form, "nobody@example.org", $"wrong password {guess}")));
        using var elsewhere = ClientFrom("127.0.0.2");
        var bob = await SignIn(elsewhere, await FormOf(elsewhere), Cast.Bob.Email, WebTestHub.Password);
        var ada = await SignIn(crowd, form, Cast.Ada.Email, WebTestHub.Password);
        var answers = await flood;

        Assert.Equal(HttpStatusCode.Redirect, bob);
        Assert.Equal(HttpStatusCode.Redirect, ada);
        Assert.Equal(60 - PermitsOfAccount, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Counts_guesses_of_the_current_password_like_those_at_sign_in()
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.English);
        TestHub.Clock.Advance(DigiHub.Web.Account.ChangePassword.FreshFor);
        await ada.Open("/account");

        for (var guess = 0; guess <= PermitsOfAccount; guess++)
        {
            await ada.Open("/account");
            await ada.Send("input[name='Password.NewPassword']", ("Password.CurrentPassword", $"guess {guess}"),
                ("Password.NewPassword", "drei Boote auf der Spree"));
        }

        Assert.Contains("Zu viele Versuche", ada.Text, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> FormOf(HttpClient client)
    {
        var page = await new HtmlParser().ParseDocumentAsync(
            await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Stop), Stop);
        return page.QuerySelector("form:has([name='Password.Email'])")!.QuerySelectorAll("input[type=hidden]")
            .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")!, StringComparer.Ordinal);
    }

    private static async Task<HttpStatusCode> SignIn(HttpClient client, Dictionary<string, string> form, string email, string password)
    {
        using var content =
            new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["Password.Email"] = email, ["Password.Secret"] = password });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content, Stop);
        return answer.StatusCode;
    }

    private HttpClient ClientFrom(string address)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = TestHub.Url };
    }
}
