using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>
/// MailKit's client, which requests notifications of failure and delay under the e-mail's id where the relay supports them (RFC 3461),
/// and does not change a signed e-mail.
/// </summary>
public sealed class MailClient : SmtpClient
{
    /// <summary>Called when the relay has accepted sender and recipient, before DATA.</summary>
    public Action? OnAccepted { get; set; }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => OnAccepted?.Invoke();

    /// <summary>The e-mail's id: the part of its Message-ID that is ours.</summary>
    protected override string? GetEnvelopeId(MimeMessage message) => message.MessageId?.Split('@')[0];

    /// <summary>
    /// Not asked for an address with umlauts: MailKit would name it as ORCPT=rfc822, which is for ASCII alone (RFC 6533 3), and a
    /// failure is reported without a request.
    /// </summary>
    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        mailbox.Address.All(char.IsAscii) ? DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay : null;

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        if (!message.Headers.Contains(HeaderId.DkimSignature))
            base.Prepare(options, message, constraint, maxLineLength);
    }
}
