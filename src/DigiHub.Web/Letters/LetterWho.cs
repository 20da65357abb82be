using DigiHub.Letters;
using DigiHub.Web.Parts;

namespace DigiHub.Web.Letters;

/// <summary>To whom a letter goes or went, where letters are listed.</summary>
internal static class LetterWho
{
    public static string Of(Letter letter) => letter.ForgottenAt is null
        ? $"{letter.RecipientName?.Isolated} <{letter.RecipientEmail}>"
        : Speak.T("recipient deleted after the retention period", "Angaben zur Person nach Ablauf der Frist gelöscht");
}
