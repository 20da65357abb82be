using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>Sends one trial mail through the relay, past the queue of e-mails but the way they go, so that an operator sees at once what the relay says.</summary>
public sealed class TestMail(EmailMessages messages, DkimSigning signing, SmtpSender sender)
{
    /// <summary>What must stand in DNS for receivers to believe the hub's signatures.</summary>
    public IEnumerable<string> Records => signing.Keys.Select(key => $"{key.RecordName}. IN TXT \"{key.Record}\"");

    /// <summary>What came of it, in the relay's own words.</summary>
    public async Task<SendReply> Run(MailboxAddress recipient, CancellationToken stop)
    {
        using var message = messages.Trial(recipient);
        return await sender.Send(message, message.From.Mailboxes.First(), () => Task.FromResult(true), stop);
    }
}
