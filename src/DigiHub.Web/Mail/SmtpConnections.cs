using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using DigiHub.Notifications;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Mail;

/// <summary>
/// A pool of connections to the relay: as many as the settings allow, each used by one e-mail at a time and kept open for the next,
/// because connecting takes longer than sending.
/// </summary>
/// <param name="newClient">A test has one that trusts the test's own certificate.</param>
public sealed class SmtpConnections : IDisposable
{
    /// <summary>E-mails over one connection; relays tend to close it after some.</summary>
    private const int NotificationsMax = 100;

    /// <summary>After this long without use the relay may have closed the connection, so it is checked first.</summary>
    private static readonly TimeSpan freshFor = TimeSpan.FromSeconds(5);

    /// <summary>Idle connections are closed after this time, to spare the relay.</summary>
    private static readonly TimeSpan idleMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan goodbyeMax = TimeSpan.FromSeconds(2);

    private readonly IOptions<HubSettings> settings;
    private readonly Func<MailClient> newClient;
    private readonly SemaphoreSlim turns;
    private readonly ConcurrentStack<Line> idle = []; // the last used first, so that the others may fall out of use
    private readonly Timer sweep;

    public SmtpConnections(IOptions<HubSettings> settings, Func<MailClient> newClient)
    {
        (this.settings, this.newClient) = (settings, newClient);
        turns = new SemaphoreSlim(settings.Value.Mail.Connections);
        sweep = new Timer(_ => CloseIdle(), null, idleMax, idleMax / 4);
    }

    /// <summary>Waits for a connection; the caller disposes of it.</summary>
    public async Task<Lease> Take(CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        return new Lease(this, idle.TryPop(out var line) ? line : NewLine());
    }

    public void Dispose()
    {
        sweep.Dispose();
        while (idle.TryPop(out var line))
            line.Client.Dispose();
        turns.Dispose();
    }

    private void CloseIdle()
    {
        var lines = new Line[Math.Max(1, idle.Count)];
        var count = idle.TryPopRange(lines); // the last used first
        foreach (var line in lines.Take(count).Reverse())
        {
            if (Stopwatch.GetElapsedTime(line.UsedAt) < idleMax)
                idle.Push(line);
            else
                _ = Close(line.Client);
        }
    }

    /// <summary>Sends QUIT, without waiting for a relay that does not answer.</summary>
    private static async Task Close(MailClient client)
    {
        using var limit = new CancellationTokenSource(goodbyeMax);
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException || SmtpReplies.IsBrokenLine(exception))
        {
            // It had closed the connection already.
        }
        finally
        {
            client.Dispose();
        }
    }

    private Line NewLine()
    {
        var client = newClient();
        client.Timeout = settings.Value.Mail.TimeoutSeconds * 1000;
        return new Line(client);
    }

    private async Task Connect(MailClient client, CancellationToken stop)
    {
        var mail = settings.Value.Mail;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(2 * mail.TimeoutSeconds));
        var socket = await Reach(mail.Host!, mail.Port, limit.Token);
        await client.ConnectAsync(socket, mail.Host!, mail.Port, Options(mail.Security), limit.Token);
        if (mail.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, mail.Password ?? "", limit.Token);
    }

    /// <summary>
    /// Without Nagle's algorithm: the end of an e-mail would wait some 40 ms for the relay to confirm what came before it.
    /// </summary>
    private static async Task<Socket> Reach(string host, int port, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls, // required; "when available" would let an attacker strip it
        _ => SecureSocketOptions.None,
    };

    internal sealed class Line(MailClient client)
    {
        public MailClient Client { get; } = client;

        public int Notifications { get; set; }

        public long UsedAt { get; set; }
    }

    /// <summary>A connection in use. Returned to the pool only if it is healthy.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly SmtpConnections home;
        private Line line;

        internal Lease(SmtpConnections home, Line line) => (this.home, this.line) = (home, line);

        public MailClient Client => line.Client;

        public bool IsHealthy { get; set; }

        /// <summary>It has sent e-mails before this one.</summary>
        public bool IsInUse => line.Notifications > 0;

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
            line.Notifications++;
            line.UsedAt = Stopwatch.GetTimestamp();
            if (!IsHealthy)
                line.Client.Dispose();
            else if (line.Notifications < NotificationsMax)
                home.idle.Push(line);
            else
                _ = Close(line.Client);
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
            catch (Exception exception) when (exception
                is IOException or MailKit.ProtocolException or MailKit.CommandException or MailKit.ServiceNotConnectedException)
            {
                return false;
            }
        }
    }
}
