using System.CommandLine;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Cli;

internal static class MailTestCommand
{
    public static Command Make(Launch launch)
    {
        var address = new Argument<string>("address") { Description = "Recipient of the test e-mail." };
        var test = new Command("test", "Send a test e-mail and print the mail server's reply.") { address };
        test.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var mail = hub.Services.GetRequiredService<IOptions<HubSettings>>().Value.Mail;
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } recipient)
                return Answer.Misread(MailCommand.NoAddress);
            if (mail.Mode != MailMode.Smtp)
                return Answer.Refuse(NoRelay);

            var trial = hub.Services.GetRequiredService<TestMail>();
            foreach (var record in trial.Records)
                Console.WriteLine($"E-mails are signed (DKIM). Publish in DNS: {record}");
            var code = Tell($"{mail.Host}:{mail.Port}", await trial.Run(new MailboxAddress("", recipient.Wire), stop));
            await Notes(hub.Services, recipient, stop);
            return code;
        });
        return test;
    }

    /// <summary>
    /// The relay's reply, its meaning and what to do: wrong settings (78), unreachable (69), try later (75), or this e-mail refused (1).
    /// </summary>
    private static int Tell(string relay, SendReply reply)
    {
        if (reply.Result == SendResult.Taken)
        {
            Console.WriteLine($"{relay} accepted it: {reply.Reply}");
            return CommandLine.Ok;
        }

        var (code, means) = reply.Result switch
        {
            SendResult.RelayAway => (CommandLine.Unavailable, "The mail server cannot be reached. Check that it is running, "
                + "that DigiHub:Mail:Host, Port and Security are right, and that no firewall blocks the connection."),
            SendResult.RelayRefuses => (CommandLine.BadSettings, "The mail server rejects the hub, not this e-mail. "
                + "Check DigiHub:Mail:User, Password and From, and that its certificate is valid (Security)."),
            SendResult.Later or SendResult.Busy => (CommandLine.ComeLater, "The mail server asks to try later. The settings are fine, "
                + "and e-mails are retried automatically. Try again in a few minutes."),
            SendResult.Unknown => (CommandLine.ComeLater,
                "The connection was lost before the mail server replied. The e-mail may have arrived. Check the mailbox, then try again."),
            _ => (CommandLine.Refused, "The mail server accepts e-mails from the hub, but not this one. Check the address or try another."),
        };
        Console.Error.WriteLine($"{relay} did not accept it: {reply.Reply}\n{means}");
        return code;
    }

    // The test bypasses the queue and needs no database, so an unknown queue state is no failure.
    private static async Task Notes(IServiceProvider hub, EmailAddress recipient, CancellationToken stop)
    {
        try
        {
            if (await ExistingDatabase.WhyNot(hub, stop) is null)
                await MailNotes.Tell(hub, recipient, stop);
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync($"Note: could not check whether e-mails are being sent. {failure.Message}");
        }
    }

    private static Refusal NoRelay { get; } = new("no_relay", new(
        "No mail server is set. E-mails are saved in the folder 'mail' of the data folder. "
            + "Set DigiHub:Mail:Mode to Smtp and DigiHub:Mail:Host to your mail server.",
        "Es ist kein Mailserver eingestellt. E-Mails kommen in den Ordner 'mail' des Datenordners. "
            + "Setzen Sie DigiHub:Mail:Mode auf Smtp und DigiHub:Mail:Host auf Ihren Mailserver.",
        "Es ist kein Mailserver eingestellt. E-Mails kommen in den Ordner 'mail' des Datenordners. Setz DigiHub:Mail:Mode auf Smtp und "
            + "DigiHub:Mail:Host auf deinen Mailserver."));
}
