using System.Collections.Concurrent;
using System.Diagnostics;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Letters;

/// <summary>
/// The lines to the relay: as many as the settings allow, each used by one letter at a time and kept open for the next, because saying
/// hello takes longer than a letter.
/// </summary>
/// <param name="newClient">A test has one that trusts the test's own certificate.</param>
public sealed class SmtpConnections(IOptions<HubSettings> settings, Func<SmtpClient> newClient) : IDisposable
{
    /// <summary>Letters over one connection; relays tend to close it after some.</summary>
    private const int LettersMax = 100;

    /// <summary>After such a silence a relay may have hung up, so it is asked first.</summary>
    private static readonly TimeSpan freshFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turns = new(settings.Value.Mail.Connections);
    private readonly ConcurrentBag<Line> idle = [];

    /// <summary>Waits for a line; the caller disposes of it.</summary>
    public async Task<Lease> Take(CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        return new Lease(this, idle.TryTake(out var line) ? line : NewLine());
    }

    public void Dispose()
    {
        while (idle.TryTake(out var line))
            line.Client.Dispose();
        turns.Dispose();
    }

    private Line NewLine()
    {
        var client = newClient();
        client.Timeout = settings.Value.Mail.TimeoutSeconds * 1000;
        return new Line(client);
    }

    private async Task Connect(SmtpClient client, CancellationToken stop)
    {
        var mail = settings.Value.Mail;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(2 * mail.TimeoutSeconds));
        await client.ConnectAsync(mail.Host!, mail.Port, Options(mail.Security), limit.Token);
        if (mail.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, mail.Password ?? "", limit.Token);
    }

    private static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls, // must; "when available" would let anybody on the way switch it off
        _ => SecureSocketOptions.None,
    };

    internal sealed class Line(SmtpClient client)
    {
        public SmtpClient Client { get; } = client;

        public int Letters { get; set; }

        public long UsedAt { get; set; }
    }

    /// <summary>A line in use. It goes back into the stock only if it was found healthy.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly SmtpConnections home;
        private Line line;

        internal Lease(SmtpConnections home, Line line) => (this.home, this.line) = (home, line);

        public SmtpClient Client => line.Client;

        public bool IsHealthy { get; set; }

        public async Task Connect(CancellationToken stop)
        {
            if (line.Client.IsConnected && await IsStillThere(stop))
                return;
            line.Client.Dispose();
            line = home.NewLine();
            await home.Connect(line.Client, stop);
        }

        public void Dispose()
        {
            line.Letters++;
            line.UsedAt = Stopwatch.GetTimestamp();
            if (IsHealthy && line.Letters < LettersMax)
                home.idle.Add(line);
            else
                line.Client.Dispose();
            home.turns.Release();
        }

        private async Task<bool> IsStillThere(CancellationToken stop)
        {
            if (Stopwatch.GetElapsedTime(line.UsedAt) < freshFor)
                return true;
            try
            {
                await line.Client.NoOpAsync(stop);
                return true;
            }
            catch (Exception exception) when (exception is IOException or MailKit.ProtocolException or MailKit.CommandException or MailKit.ServiceNotConnectedException)
            {
                return false;
            }
        }
    }
}
