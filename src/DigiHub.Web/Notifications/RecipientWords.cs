using DigiHub.Notifications;
using DigiHub.Web.Parts;

namespace DigiHub.Web.Notifications;

/// <summary>To whom a letter goes or went, where letters are listed.</summary>
internal static class RecipientWords
{
    public static string Of(Notification notification) => notification.ForgottenAt is null
        ? $"{notification.RecipientName?.Isolated} <{notification.RecipientEmail}>"
        : Speak.T("recipient deleted after the retention period", "Angaben zur Person nach Ablauf der Frist gelöscht");
}
