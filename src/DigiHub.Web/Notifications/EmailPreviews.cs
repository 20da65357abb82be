using DigiHub.Notifications;
using DigiHub.Web.Mail;

namespace DigiHub.Web.Notifications;

/// <summary>What an e-mail of the outbox would say if it left now. Bodies are not kept, so an e-mail that has left is written anew.</summary>
public sealed class EmailPreviews(EmailMessages messages)
{
    /// <summary>
    /// Null when what it would tell of is gone, when it cannot be written, when its recipient was erased, and for sign-in links: whoever read one could come
    /// in as somebody else.
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
