using System.CommandLine;
using MimeKit;

namespace DigiHub.Web.Cli;

internal static class MailCommand
{
    public static Command Make(Launch launch) =>
        new("mail", "Test e-mail delivery, retry failed e-mails, and let e-mails leave again after a restore.")
        {
            MailTestCommand.Make(launch), MailRequeueCommand.Make(launch), MailExplainCommand.Make(launch),
            MailReleaseCommand.Make(launch),
        };

    /// <summary>Also one with a name around it, as mail programs copy it; null for what is none.</summary>
    public static EmailAddress? Address(string typed) =>
        EmailAddress.OfTheHub(typed) ?? (MailboxAddress.TryParse(typed, out var address) ? EmailAddress.OfTheHub(address.Address) : null);

    public static Refusal NoAddress { get; } = new("email", new(
        "Enter an e-mail address like name@example.org.", "Geben Sie eine E-Mail-Adresse wie name@example.org ein.",
        "Gib eine E-Mail-Adresse wie name@example.org ein."));
}
