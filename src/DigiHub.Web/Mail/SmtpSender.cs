using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>Sends e-mails to a mail relay and reports the result of each, including "unknown".</summary>
public sealed class SmtpSender(
    EmailMessages messages, DkimSigning signing, SmtpConnections connections, RelayReach reach, IOptions<HubSettings> settings)
    : IMailSender
{
    /// <summary>
    /// For one e-mail, from MAIL FROM to the answer; without it a relay that sends a byte now and then would block forever.
    /// </summary>
    private readonly TimeSpan dialogueMax = TimeSpan.FromSeconds(4 * settings.Value.Mail.TimeoutSeconds);

    public async Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        var (written, trouble) = await messages.WriteToSend(notification, stop);
        if (written is null)
            return trouble!;
        using var message = written;
        return await Send(message, messages.ReturnPath(notification.Id), mayLeave, stop);
    }

    /// <summary>The same for an e-mail that is written already.</summary>
    public async Task<SendReply> Send(MimeMessage message, MailboxAddress returnPath, Func<Task<bool>> mayLeave, CancellationToken stop)
    {
        var format = Format(message);
        signing.Sign(message, format);
        using var line = await connections.Take(stop);
        if (await Connect(line, stop, stop) is { } trouble)
            return trouble;

        // From here on only the time limit stops it: after an aborted dialogue nobody knows whether the e-mail went out.
        using var limit = new CancellationTokenSource(dialogueMax);
        var envelope = new Envelope(returnPath, message, format, mayLeave, limit.Token);
        var wasInUse = line.IsInUse;
        var reply = await HandOver(line, envelope);
        if (reply.Result != SendResult.RelayAway || !wasInUse)
            return reply;

        // A relay may close an old connection at any time; that does not mean it is down.
        return await Connect(line, limit.Token, CancellationToken.None) ?? await HandOver(line, envelope);
    }

    public async Task<SendReply> Greet(CancellationToken stop)
    {
        using var line = await connections.Take(stop);
        if (await Connect(line, stop, stop) is { } trouble)
            return trouble;
        line.IsHealthy = true;
        return new SendReply(SendResult.Taken, "connected");
    }

    /// <summary>Null when it worked.</summary>
    /// <param name="stop">A cancellation by this token says nothing about the relay.</param>
    private async Task<SendReply?> Connect(SmtpConnections.Lease line, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            await line.Connect(limit);
            reach.Learn(line.Client.Capabilities.HasFlag(SmtpCapabilities.UTF8));
            return null;
        }
        catch (Exception exception) when (SmtpReplies.OfConnecting(exception, stop) is not null)
        {
            return SmtpReplies.OfConnecting(exception, stop);
        }
    }

    private static async Task<SendReply> HandOver(SmtpConnections.Lease line, Envelope envelope)
    {
        if (envelope.Format.International && !line.Client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            line.IsHealthy = true;
            return new SendReply(SendResult.Never, "The mail server doesn’t support this address (no SMTPUTF8).");
        }

        var (isAccepted, isWhole) = (false, false);
        line.Client.OnAccepted = () =>
        {
            isAccepted = true;
            ((EmailBody)envelope.Message.Body!).BeforeTheEnd = async () =>
            {
                if (!await envelope.MayLeave())
                    throw new WithdrawnException();
                isWhole = true;
            };
        };
        try
        {
            var reply = await line.Client.SendAsync(envelope.Format, envelope.Message, envelope.Sender, envelope.Readers, envelope.Limit);
            line.IsHealthy = true;
            return new SendReply(SendResult.Taken, reply);
        }
        catch (WithdrawnException)
        {
            return SendReply.Cancelled; // the connection is closed: there is no other way out of DATA
        }
        catch (SmtpCommandException refusal)
        {
            line.IsHealthy = line.Client.IsConnected && refusal.StatusCode != SmtpStatusCode.ServiceNotAvailable;
            return SmtpReplies.Of(refusal);
        }
        catch (ServiceNotAuthenticatedException exception)
        {
            return new SendReply(SendResult.RelayRefuses, exception.Message);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or TimeoutException || SmtpReplies.IsBrokenLine(exception))
        {
            var words = exception is OperationCanceledException or TimeoutException
                ? "The mail server did not answer in time."
                : exception.Message;
            // A failure after the recipient was accepted may be caused by the e-mail's content, so it counts as an attempt of this e-mail.
            return new SendReply(isWhole ? SendResult.Unknown : isAccepted ? SendResult.Later : SendResult.RelayAway, words);
        }
    }

    private static FormatOptions Format(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        // SMTPUTF8 only where an address needs it, in the part that belongs to its host: every relay can take the others, for a domain in
        // other letters has a form in ASCII.
        format.International = message.To.Mailboxes.Any(mailbox => !mailbox.LocalPart.All(char.IsAscii));
        return format;
    }

    private sealed record Envelope(
        MailboxAddress Sender, MimeMessage Message, FormatOptions Format, Func<Task<bool>> MayLeave, CancellationToken Limit)
    {
        /// <summary>In ASCII as far as that goes, the way bounces are to name them.</summary>
        public IEnumerable<MailboxAddress> Readers => Message.To.Mailboxes.Select(mailbox =>
            mailbox.LocalPart.All(char.IsAscii) ? new MailboxAddress(mailbox.Name, mailbox.GetAddress(idnEncode: true)) : mailbox);
    }

    private sealed class WithdrawnException : Exception;
}
