using System.Net.Sockets;
using DigiHub.Letters;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Letters;

/// <summary>Hands letters to a mail relay and says honestly what came of each.</summary>
public sealed class SmtpPost(LetterMessages messages, SmtpConnections connections, IOptions<HubSettings> settings) : IPost
{
    /// <summary>For one letter, from MAIL FROM to the answer.</summary>
    private readonly TimeSpan dialogueMax = TimeSpan.FromSeconds(4 * settings.Value.Mail.TimeoutSeconds);

    public async Task<PostReply> Send(Letter letter, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        using var message = await messages.Write(letter, stop);
        if (message is null)
            return new PostReply(PostResult.Never, "nothing to tell, or a malformed address");

        using var taken = await connections.Take(stop);
        try
        {
            await taken.Connect(stop);
        }
        catch (Exception exception) when (WhyNotConnected(exception, stop) is not null)
        {
            return WhyNotConnected(exception, stop)!;
        }

        if (!await mayLeave())
        {
            taken.IsHealthy = true;
            return PostReply.LetGo;
        }

        // From here on there is no stopping but by the time limit: a dialogue cut short is a letter nobody knows about.
        using var limit = new CancellationTokenSource(dialogueMax);
        var way = new Way();
        try
        {
            var reply = await taken.Client.SendAsync(Format(message), message, limit.Token, way);
            taken.IsHealthy = true;
            return new PostReply(PostResult.Taken, reply);
        }
        catch (SmtpCommandException refusal)
        {
            taken.IsHealthy = taken.Client.IsConnected && refusal.StatusCode != SmtpStatusCode.ServiceNotAvailable;
            return Of(refusal);
        }
        catch (ServiceNotAuthenticatedException exception)
        {
            return new PostReply(PostResult.RelayRefuses, exception.Message);
        }
        catch (NotSupportedException exception)
        {
            return new PostReply(PostResult.Never, exception.Message); // an address in letters that the relay cannot write
        }
        catch (Exception exception) when (exception is IOException or SocketException or ProtocolException
            or OperationCanceledException or TimeoutException or ServiceNotConnectedException)
        {
            return new PostReply(way.IsWhole ? PostResult.Unknown : PostResult.Later, exception.Message);
        }
    }

    public async Task<PostReply> Greet(CancellationToken stop)
    {
        using var taken = await connections.Take(stop);
        try
        {
            await taken.Connect(stop);
            await taken.Client.NoOpAsync(stop);
            taken.IsHealthy = true;
            return new PostReply(PostResult.Taken, "connected");
        }
        catch (Exception exception) when (WhyNotConnected(exception, stop) is not null)
        {
            return WhyNotConnected(exception, stop)!;
        }
    }

    private static FormatOptions Format(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        // SMTPUTF8 only where an address needs it: every relay can take the others.
        format.International = message.To.Mailboxes.Any(mailbox => mailbox.IsInternational);
        return format;
    }

    private static PostReply Of(SmtpCommandException refusal)
    {
        var reply = $"{(int)refusal.StatusCode} {refusal.Message}";
        var isForGood = (int)refusal.StatusCode >= 500;
        return (refusal.StatusCode, refusal.ErrorCode) switch
        {
            (SmtpStatusCode.ServiceNotAvailable, _) => new(PostResult.RelayAway, reply), // 421: it is closing the line
            (_, SmtpErrorCode.SenderNotAccepted) => new(isForGood ? PostResult.RelayRefuses : PostResult.RelayAway, reply), // us, not this reader
            _ => new(isForGood ? PostResult.Never : PostResult.Later, reply),
        };
    }

    /// <summary>Null for a bug, or when the hub itself is stopping.</summary>
    private static PostReply? WhyNotConnected(Exception exception, CancellationToken stop) => exception switch
    {
        OperationCanceledException when stop.IsCancellationRequested => null,
        SslHandshakeException or AuthenticationException or SaslException or NotSupportedException => new(PostResult.RelayRefuses, exception.Message),
        SmtpCommandException refusal => new((int)refusal.StatusCode >= 500 ? PostResult.RelayRefuses : PostResult.RelayAway, $"{(int)refusal.StatusCode} {refusal.Message}"),
        IOException or SocketException or ProtocolException or OperationCanceledException or TimeoutException => new(PostResult.RelayAway, exception.Message),
        _ => null,
    };

    /// <summary>Whether the relay may have the whole letter: it takes none of which the end is missing (RFC 5321 4.1.1.4).</summary>
    private sealed class Way : ITransferProgress
    {
        public bool IsWhole { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => IsWhole = bytesTransferred >= totalSize;

        public void Report(long bytesTransferred) => IsWhole = true; // of unknown length: any of it may have been all
    }
}
