using System.CommandLine;
using DigiHub.Web.Letters;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Cli;

internal static class MailCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var address = new Argument<string>("address") { Description = "Who gets the trial mail." };
        var test = new Command("test", "Sends a mail through the relay of the settings and prints what the relay says.") { address };
        test.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            var mail = hub.Services.GetRequiredService<IOptions<HubSettings>>().Value.Mail;
            if (!MailboxAddress.TryParse(parsed.GetRequiredValue(address), out var recipient))
                return Answer.Refuse(NoAddress);
            if (mail.Mode != MailMode.Smtp)
                return Answer.Refuse(NoRelay);

            var trial = hub.Services.GetRequiredService<MailTrial>();
            foreach (var record in trial.Records)
                Console.WriteLine($"Letters are signed (DKIM). Publish in DNS: {record}");
            var (taken, reply) = await trial.Run(recipient, stop);
            if (taken)
                Console.WriteLine($"{mail.Host}:{mail.Port} took it: {reply}");
            else
                await Console.Error.WriteLineAsync($"{mail.Host}:{mail.Port} did not take it: {reply}\nCheck DigiHub:Mail (Host, Port, Security, User, Password, From).");
            return taken ? CommandLine.Ok : CommandLine.Refused;
        });
        return new Command("mail", "Letters.") { test, MailRequeueCommand.Make(config), MailExplainCommand.Make(config) };
    }

    internal static Refusal NoAddress { get; } = new("email", new(
        "Give an e-mail address like name@example.org.", "Geben Sie eine E-Mail-Adresse wie name@example.org an."));

    private static Refusal NoRelay { get; } = new("no_relay", new(
        "Letters are laid into the folder 'mail' of the data folder; no relay is set. Set DigiHub:Mail:Mode to Smtp and DigiHub:Mail:Host to your relay.",
        "Briefe kommen in den Ordner „mail“ des Datenordners; es ist kein Relay eingestellt. Setzen Sie DigiHub:Mail:Mode auf Smtp und DigiHub:Mail:Host auf Ihr Relay."));
}
