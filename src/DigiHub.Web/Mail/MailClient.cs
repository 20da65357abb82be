using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>
/// MailKit's client with what an e-mail wants of it: a relay that can (RFC 3461) is asked to tell of failure and delay under the e-mail's id,
/// and an e-mail that bears a signature is not touched any more.
/// </summary>
public sealed class MailClient : SmtpClient
{
    /// <summary>Told when the relay has said yes to sender and reader, so that DATA comes next.</summary>
    public Action? OnAccepted { get; set; }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => OnAccepted?.Invoke();

    /// <summary>The e-mail's id: the part of its Message-ID that is ours.</summary>
    protected override string? GetEnvelopeId(MimeMessage message) => message.MessageId?.Split('@')[0];

    /// <summary>
    /// Not asked for an address with umlauts: MailKit would name it as ORCPT=rfc822, which is for ASCII alone (RFC 6533 3), and a
    /// failure is told unasked.
    /// </summary>
    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        mailbox.Address.All(char.IsAscii) ? DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay : null;

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        if (!message.Headers.Contains(HeaderId.DkimSignature))
            base.Prepare(options, message, constraint, maxLineLength);
    }
}
