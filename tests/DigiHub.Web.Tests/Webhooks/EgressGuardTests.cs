using System.Net;
using System.Net.Sockets;
using DigiHub.Calendars;
using DigiHub.Web.Webhooks;
using DigiHub.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NodaTime.Testing;

namespace DigiHub.Web.Tests.Webhooks;

/// <summary>Nothing that others may type makes the hub connect to its own network; a canary on loopback counts who comes.</summary>
public sealed class EgressGuardTests
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 11, 23, 8, 0));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_120_addresses_none_reaches_a_canary_on_loopback()
    {
        using var canary = new Canary();
        // The canary's port is allowed here, so that it is the address that must be refused.
        var guard = new EgressGuard(Options.Create(new HubSettings()))
        {
            Ports = [443, 8443, canary.Port],
            Resolve = (name, _) => Task.FromResult(Answers(name)),
        };
        using var sender = new WebhookSender(guard, new WebhookTrust(), Clock);
        var urls = Urls(canary.Port).Distinct().ToList();
        List<string> taken = [];

        foreach (var url in urls)
        {
            var reply = await sender.Send(url, NoHeaders, "{}", Stop);
            if (reply.Status is not null)
                taken.Add(url);
        }

        Assert.True(urls.Count >= 120, $"{urls.Count}");
        Assert.Empty(taken);
        Assert.Equal(0, canary.Connections);
    }

    [Fact]
    public async Task The_canary_sings_without_the_guard()
    {
        using var canary = new Canary();
        var guard = new EgressGuard(Options.Create(new HubSettings { Webhooks = new WebhookSettings { AllowedHosts = ["localhost"] } }));
        using var sender = new WebhookSender(guard, new WebhookTrust(), Clock);

        await sender.Send($"https://localhost:{canary.Port}/", NoHeaders, "{}", Stop);

        Assert.True(canary.Connections > 0);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        using var canary = new Canary();
        await using var listener = await HttpsListener.Open();
        listener.Answer = http =>
        {
            http.Response.Redirect($"https://127.0.0.1:{canary.Port}/", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        using var sender = Allowing(listener);

        var reply = await sender.Send($"https://127.0.0.1:{listener.Port}/", NoHeaders, "{}", Stop);

        Assert.Equal(307, reply.Status);
        Assert.False(reply.IsTaken);
        Assert.Equal(0, canary.Connections);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_connection_goes_to_what_was_looked_at()
    {
        await using var listener = await HttpsListener.Open();
        var asked = 0;
        var settings = new HubSettings { Webhooks = new WebhookSettings { AllowedHosts = [$"chat.intern:{listener.Port}"] } };
        var guard = new EgressGuard(Options.Create(settings))
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>(
                Interlocked.Increment(ref asked) == 1 ? [IPAddress.Loopback] : throw new InvalidOperationException("asked twice")),
        };
        using var sender = new WebhookSender(guard, Believing(listener), Clock);

        var reply = await sender.Send($"https://chat.intern:{listener.Port}/", NoHeaders, "{}", Stop);

        Assert.Equal(200, reply.Status);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_certificate_that_no_authority_signed_is_not_trusted()
    {
        await using var listener = await HttpsListener.Open();
        var settings = new HubSettings { Webhooks = new WebhookSettings { AllowedHosts = ["127.0.0.1"] } };
        using var sender = new WebhookSender(new EgressGuard(Options.Create(settings)), new WebhookTrust(), Clock);

        var reply = await sender.Send($"https://127.0.0.1:{listener.Port}/", NoHeaders, "{}", Stop);

        Assert.Null(reply.Status);
        Assert.Empty(listener.Received);
    }

    [Fact]
    public async Task Of_a_long_answer_the_beginning_is_kept_and_a_slow_one_is_left_after_five_seconds()
    {
        await using var listener = await HttpsListener.Open();
        using var sender = Allowing(listener);

        listener.Answer = http => http.Response.WriteAsync(new string('x', 1_000_000), http.RequestAborted);
        var long_ = await sender.Send($"https://127.0.0.1:{listener.Port}/", NoHeaders, "{}", Stop);
        listener.Answer = http => Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var slow = await sender.Send($"https://127.0.0.1:{listener.Port}/", NoHeaders, "{}", Stop);

        Assert.Equal((200, WebhookAttempt.ReplyMax), (long_.Status, long_.Words.Length));
        Assert.Null(slow.Status);
        Assert.InRange(watch.Elapsed.TotalSeconds, 4.5, 9);
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("0", 0.0)]
    [InlineData("Mon, 23 Nov 2026 08:30:00 GMT", 1_800.0)]
    [InlineData("Mon, 23 Nov 2026 07:30:00 GMT", 0.0)] // past
    [InlineData("Monday, 23-Nov-26 08:30:00 GMT", 1_800.0)] // the obsolete forms of RFC 9110 5.6.7
    [InlineData("Mon Nov 23 08:30:00 2026", 1_800.0)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Reads_both_forms_of_retry_after(string? header, double? seconds)
    {
        await using var listener = await HttpsListener.Open();
        using var sender = Allowing(listener);
        listener.Answer = http =>
        {
            http.Response.StatusCode = 503;
            if (header is not null)
                http.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        };

        var reply = await sender.Send($"https://127.0.0.1:{listener.Port}/", NoHeaders, "{}", Stop);

        Assert.Equal(seconds, reply.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.64.0.0", false)]
    [InlineData("100.128.0.0", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("223.255.255.255", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("2001:200::1", true)]
    [InlineData("2001::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b:1::7f00:1", false)]
    [InlineData("::ffff:1.1.1.1", false)]
    [InlineData("::1.1.1.1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("4000::1", false)]
    public void Knows_what_is_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, EgressGuard.IsPublic(IPAddress.Parse(address)));

    private static WebhookSender Allowing(HttpsListener listener)
    {
        var settings = new HubSettings { Webhooks = new WebhookSettings { AllowedHosts = [$"127.0.0.1:{listener.Port}"] } };
        return new WebhookSender(new EgressGuard(Options.Create(settings)), Believing(listener), Clock);
    }

    private static WebhookTrust Believing(HttpsListener listener) =>
        new((_, certificate, _, _) => certificate?.GetCertHashString() == listener.Thumbprint);

    /// <summary>A malicious name server: the address is written in the name, several separated by "--".</summary>
    private static IPAddress[] Answers(string name) =>
        [.. name.Split(".test")[0].Split("--")
            .Select(part => IPAddress.Parse(part.Replace("x", ":", StringComparison.Ordinal).Replace("-", ".", StringComparison.Ordinal)))];

    private static IEnumerable<string> Urls(int port)
    {
        string[] literals =
        [
            "127.0.0.1", "127.1", "127.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0", "localhost",
            "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0x7F.0.0.1", "0177.0.0.1",
            "017700000001", "0x7f.1", "127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "10.0.0.1",
            "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.1",
            "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1",
            "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
            "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]",
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]",
            "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::127.0.0.1]",
            "[64:ff9b:1:7f00:0:100::]", "[2002:7f00:1::]", "[2002:7f00:0001::1]", "[2001::7f00:1]",
            "[2001:0:7f00:1::]", "[2001:0:0:0:0:0:80ff:fffe]", "[2001:db8::1]", "[2001:10::1]", "[2001:20::1]",
            "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%25eth0]", "[fec0::1]",
            "[ff02::1]", "[ff01::1]", "[100::1]", "[5f00::1]", "[3fff::1]",
            "[2620:4f:8000::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]",
        ];
        foreach (var host in literals)
            yield return $"https://{host}:{port}/";

        string[] names =
        [
            "127-0-0-1.test", "127-0-0-53.test", "10-0-0-1.test", "169-254-169-254.test",
            "192-168-0-1.test", "172-20-0-1.test", "100-64-1-1.test", "0-0-0-0.test", "xx1.test", "xx.test",
            "xxffffx127-0-0-1.test", "xx127-0-0-1.test", "64xff9bxx7f00x1.test", "64xff9bx1xx7f00x1.test",
            "2002x7f00x1xx.test", "2001xx7f00x1.test", "fd00xx1.test", "fe80xx1.test", "ff02xx1.test", "2001xdb8xx1.test",
            "8-8-8-8--127-0-0-1.test", "127-0-0-1--8-8-8-8.test", "2606x4700xx1111--xx1.test",
            "8-8-8-8--169-254-169-254.test", "1-1-1-1--10-0-0-1.test",
        ];
        foreach (var name in names)
            yield return $"https://{name}:{port}/";

        foreach (var other in new[]
        {
            $"http://127.0.0.1:{port}/", $"http://[::1]:{port}/", $"http://localhost:{port}/", $"ftp://127.0.0.1:{port}/",
            $"file:///etc/passwd", $"gopher://127.0.0.1:{port}/_x", $"ws://127.0.0.1:{port}/", $"wss://127.0.0.1:{port}/",
            $"https://example.org@127.0.0.1:{port}/", $"https://user:pass@127.0.0.1:{port}/",
            $"https://127.0.0.1:{port}@example.invalid:{port + 1}/",
            $"https://127.0.0.1:{port}#@example.org/", $"https://127.0.0.1:{port}?@example.org/",
            $"https://127.0.0.1:{port}\\@example.org/", $"https:\\\\127.0.0.1:{port}\\",
            $"https:/127.0.0.1:{port}/", $"https:127.0.0.1:{port}", $"//127.0.0.1:{port}/",
            $"127.0.0.1:{port}", $" https://127.0.0.1:{port}/", $"https://127.0.0.1:{port}/\r\nHost: x",
            $"https://127.0.0.1%2f:{port}/", $"https://127.0.0.1%00.example.org:{port}/", "https://", "https:///", "https://:8443/",
            $"https://[::1%25lo]:{port}/", "javascript:alert(1)", "data:text/plain,x", $"jar:https://127.0.0.1:{port}/!/",
            $"https://%31%32%37.0.0.1:{port}/", $"https://127.0.0.1.:{port}/x?url=https://example.org",
        })
            yield return other;
    }

    /// <summary>Listens on every loopback address, both families, and counts.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.IPv6Any, 0);
        private int connections;

        public Canary()
        {
            listener.Server.DualMode = true;
            listener.Start();
            _ = Count();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public int Connections => Volatile.Read(ref connections);

        public void Dispose() => listener.Dispose();

        private async Task Count()
        {
            try
            {
                while (true)
                {
                    using var caller = await listener.AcceptSocketAsync();
                    Interlocked.Increment(ref connections);
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
