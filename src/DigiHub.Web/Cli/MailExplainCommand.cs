using System.CommandLine;
using System.Globalization;
using System.Text;
using DigiHub.Letters;
using DigiHub.Operations;
using DigiHub.Web.Account;

namespace DigiHub.Web.Cli;

internal static class MailExplainCommand
{
    public static Command Make(Launch launch)
    {
        var address = new Argument<string>("address") { Description = "Whose letters; the whole address." };
        var explain = new Command("explain", "Tells what was sent to an address, what is to come and when, and what was not sent and why.") { address };
        explain.SetAction(async (parsed, stop) =>
        {
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } email)
                return Answer.Misread(MailCommand.NoAddress);
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            if (await DatabaseAtHand.WhyNot(hub.Services, stop) is { } code)
                return code;
            var known = await hub.Services.GetRequiredService<ExplainAddress>().Run(email, stop);
            if (known is { Member: null, Suppressions.Count: 0, Letters.Count: 0 })
                return Answer.Refuse(Unknown);
            Console.Write(Written(email, known, hub.Services));
            return CommandLine.Ok;
        });
        return explain;
    }

    private static Refusal Unknown { get; } = new("unknown_address", new(
        "Nothing is known of this address: no member has it, and no letter went there or will. Check its spelling; whoever registered may have given another.",
        "Von dieser Adresse ist nichts bekannt: Kein Mitglied hat sie, und keine Nachricht ging oder geht dorthin. Prüfen Sie die Schreibweise; bei der Anmeldung kann eine andere angegeben worden sein."));

    private static string Written(string email, ExplainedAddress known, IServiceProvider hub)
    {
        var text = new StringBuilder();
        text.AppendLine(email).AppendLine();
        text.AppendLine(known.Member switch
        {
            null => "Member:      none with this address (guests have none).",
            { DisabledAt: { } since } => Line($"Member:      {known.Member.Id}, disabled since {MailNotes.At(since, hub)}: no reminders."),
            { WantsReminders: false } => Line($"Member:      {known.Member.Id}; wants no reminders."),
            _ => Line($"Member:      {known.Member.Id}; wants reminders."),
        });
        if (known.Suppressions.Count == 0)
            text.AppendLine("Suppressed:  no, letters may go there.");
        foreach (var one in known.Suppressions)
            text.AppendLine(Line($"Suppressed:  {MailNotes.Of(one, hub)}"));
        text.AppendLine(MailNotes.Of(known.Relay, hub) is { } paused ? $"Relay:       {paused}" : "Relay:       letters leave.");

        Section(hub, text, "To come", known.ToCome.OrderBy(letter => letter.NextAttemptAt), letter => letter.NextAttemptAt);
        Section(hub, text, "Done", known.Done, letter => letter.SentAt ?? letter.NextAttemptAt);
        text.AppendLine().AppendLine(Line($"Times are those of {hub.GetRequiredService<DateWords>().Zone.Id}; it is {MailNotes.At(known.Now, hub)} now. Reminders that an event will arm later are not letters yet."));
        return text.ToString();
    }

    private static void Section(IServiceProvider hub, StringBuilder text, string title, IEnumerable<Letter> letters, Func<Letter, Instant> when)
    {
        var listed = letters.ToList();
        text.AppendLine().AppendLine(Line($"{title} ({listed.Count}):"));
        foreach (var letter in listed)
        {
            var why = letter.Why is { } reason ? $": {reason.English}" : "";
            var again = letter.State == LetterState.Retry ? Line($", {letter.Attempts} attempts so far") : "";
            text.AppendLine(Line($"  {MailNotes.At(when(letter), hub)}  {letter.Kind.Words.English}, {letter.State.Words.English.ToLowerInvariant()}{again}{why}"));
            text.AppendLine(Line($"                    {letter.Id}{(letter.SmtpReply is { } reply ? $"  \"{reply}\"" : "")}"));
            if (letter.Advice is { } advice)
                text.AppendLine(Line($"                    What to do: {advice.English}{(letter.State == LetterState.Failed ? $" ('mail requeue {letter.Id}')" : "")}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
