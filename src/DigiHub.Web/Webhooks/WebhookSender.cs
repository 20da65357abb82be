using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using DigiHub.Webhooks;

namespace DigiHub.Web.Webhooks;

/// <summary>Certificate authorities trusted in addition to the system's; for tests.</summary>
public sealed record WebhookTrust(RemoteCertificateValidationCallback? Believes = null);

/// <summary>Posts over HTTPS through the egress guard: no redirects, no cookies, no proxy, five seconds, 64 kB of answer at most.</summary>
public sealed class WebhookSender : IWebhookSender, IDisposable
{
    private const int AnswerMax = 64 * 1024;
    private static readonly TimeSpan timeMax = TimeSpan.FromSeconds(5);

    private readonly EgressGuard guard;
    private readonly IClock clock;
    private readonly HttpClient client;

    public WebhookSender(EgressGuard guard, WebhookTrust trust, IClock clock)
    {
        (this.guard, this.clock) = (guard, clock);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = guard.Connect,
            ConnectTimeout = timeMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // a name that moves is looked up again
            MaxConnectionsPerServer = 2,
            MaxResponseHeadersLength = 16,
            SslOptions = { RemoteCertificateValidationCallback = trust.Believes },
        })
        { Timeout = timeMax };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("DigiHub", "1.0"));
    }

    public Words? WhyNot(string url) => guard.WhyNot(url);

    public async Task<WebhookReply> Send(string url, IReadOnlyDictionary<string, string> headers, string body, CancellationToken stop)
    {
        if (guard.WhyNot(url) is { } why)
            return new WebhookReply(null, why.English);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeMax); // HttpClient's own limit ends with the headers of the answer
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new WebhookReply((int)answer.StatusCode, await Beginning(answer, patience.Token))
            { RetryAfter = PatienceAskedFor(answer) };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new WebhookReply(null, "no answer within 5 seconds");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new WebhookReply(null, (exception.InnerException ?? exception).Message);
        }
    }

    public void Dispose() => client.Dispose();

    // Either seconds or a date; what is neither is as if it had not been said.
    private Duration? PatienceAskedFor(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => Duration.FromTimeSpan(wait),
        { Date: { } until } => Duration.Max(Duration.Zero, Instant.FromDateTimeOffset(until) - clock.GetCurrentInstant()),
        _ => null,
    };

    // Only the beginning is kept; but what is left unread makes the connection useless for the next, so a little more is read.
    private static async Task<string> Beginning(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[AnswerMax];
        var read = await stream.ReadAtLeastAsync(bytes, AnswerMax, throwOnEndOfStream: false, stop);
        var text = Encoding.UTF8.GetString(bytes, 0, Math.Min(read, WebhookAttempt.ReplyMax));
        return new string([.. text.Where(sign => !char.IsControl(sign) || sign == '\n')]);
    }
}
