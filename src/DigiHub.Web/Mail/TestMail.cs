using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>Sends one test mail through the relay, bypassing the queue, so that an operator sees at once what the relay answers.</summary>
public sealed class TestMail(EmailMessages messages, DkimSigning signing, SmtpSender sender)
{
    /// <summary>The DNS records by which receivers verify the hub's signatures.</summary>
    public IEnumerable<string> Records => signing.Keys.Select(key => $"{key.RecordName}. IN TXT \"{key.Record}\"");

    /// <summary>What came of it, in the relay's own words.</summary>
    public async Task<SendReply> Run(MailboxAddress recipient, CancellationToken stop)
    {
        using var message = messages.Trial(recipient);
        return await sender.Send(message, message.From.Mailboxes.First(), () => Task.FromResult(true), stop);
    }
}
