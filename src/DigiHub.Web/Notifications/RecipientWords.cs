using DigiHub.Notifications;
using DigiHub.Web.Components;

namespace DigiHub.Web.Notifications;

/// <summary>To whom an e-mail goes or went, where e-mails are listed.</summary>
internal static class RecipientWords
{
    public static string Of(Notification notification) => notification.ForgottenAt is null
        ? $"{notification.RecipientName?.Isolated} <{notification.RecipientEmail}>"
        : Speak.T("recipient deleted after the retention period", "Angaben zur Person nach Ablauf der Frist gelöscht");
}
