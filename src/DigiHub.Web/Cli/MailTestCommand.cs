using System.CommandLine;
using DigiHub.Letters;
using DigiHub.Web.Letters;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DigiHub.Web.Cli;

internal static class MailTestCommand
{
    public static Command Make(Launch launch)
    {
        var address = new Argument<string>("address") { Description = "Who gets the trial mail." };
        var test = new Command("test", "Sends a mail through the relay of the settings and prints what the relay says.") { address };
        test.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var mail = hub.Services.GetRequiredService<IOptions<HubSettings>>().Value.Mail;
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } recipient)
                return Answer.Misread(MailCommand.NoAddress);
            if (mail.Mode != MailMode.Smtp)
                return Answer.Refuse(NoRelay);

            var trial = hub.Services.GetRequiredService<MailTrial>();
            foreach (var record in trial.Records)
                Console.WriteLine($"Letters are signed (DKIM). Publish in DNS: {record}");
            var code = Tell($"{mail.Host}:{mail.Port}", await trial.Run(new MailboxAddress("", recipient.Wire), stop));
            await Notes(hub.Services, recipient, stop);
            return code;
        });
        return test;
    }

    /// <summary>The relay's words, what they mean, and what to do: its settings are to blame (78), it is away (69), wants patience (75), or will not take this letter (1).</summary>
    private static int Tell(string relay, PostReply reply)
    {
        if (reply.Result == PostResult.Taken)
        {
            Console.WriteLine($"{relay} took it: {reply.Reply}");
            return CommandLine.Ok;
        }

        var (code, means) = reply.Result switch
        {
            PostResult.RelayAway => (CommandLine.Unavailable, "It cannot be reached. Check that it runs, DigiHub:Mail:Host, Port and Security, and that a firewall lets the hub through."),
            PostResult.RelayRefuses => (CommandLine.BadSettings, "It refuses the hub, not this letter. Check DigiHub:Mail: User, Password, From, and with Security whether its certificate is one to believe."),
            PostResult.Later or PostResult.Busy => (CommandLine.ComeLater, "It asks to come back later. That is no fault of the settings: letters wait by themselves; try again in some minutes."),
            PostResult.Unknown => (CommandLine.ComeLater, "The line broke before it answered: the mail may have arrived. Look there, then try again."),
            _ => (CommandLine.Refused, "It takes mail from the hub, but not this one. Check the address, or try another."),
        };
        Console.Error.WriteLine($"{relay} did not take it: {reply.Reply}\n{means}");
        return code;
    }

    // The trial went past the queue and needed no database: what cannot be known of that is no failure.
    private static async Task Notes(IServiceProvider hub, EmailAddress recipient, CancellationToken stop)
    {
        try
        {
            if (await DatabaseAtHand.WhyNot(hub, stop) is null)
                await MailNotes.Tell(hub, recipient, stop);
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync($"Note: whether letters of the hub leave is not known. {failure.Message}");
        }
    }

    private static Refusal NoRelay { get; } = new("no_relay", new(
        "Letters are laid into the folder 'mail' of the data folder; no relay is set. Set DigiHub:Mail:Mode to Smtp and DigiHub:Mail:Host to your relay.",
        "Briefe kommen in den Ordner „mail“ des Datenordners; es ist kein Relay eingestellt. Setzen Sie DigiHub:Mail:Mode auf Smtp und DigiHub:Mail:Host auf Ihr Relay."));
}
