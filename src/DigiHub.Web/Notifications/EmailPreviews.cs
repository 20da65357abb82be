using DigiHub.Notifications;
using DigiHub.Web.Mail;

namespace DigiHub.Web.Notifications;

/// <summary>What an e-mail of the outbox would say if it left now. Bodies are not kept, so a sent e-mail is rendered again.</summary>
public sealed class EmailPreviews(EmailMessages messages)
{
    /// <summary>
    /// Null when its subject is gone, when it cannot be written, when its recipient was anonymised, and for sign-in links: a
    /// reader could sign in as the recipient.
    /// </summary>
    public async Task<MailView?> Of(Notification notification, CancellationToken stop)
    {
        if (notification.Type.LetsIn || notification.ForgottenAt is not null)
            return null;
        var (message, _) = await messages.WriteToSend(notification, stop);
        using (message)
            return message is null ? null : MailView.Of(notification.Id.ToString(), message);
    }
}
