using System.CommandLine;
using System.Globalization;
using System.Text;
using DigiHub.Letters;
using DigiHub.Operations;
using MimeKit;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

internal static class MailExplainCommand
{
    private static readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDateTimePattern minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static Command Make(Option<FileInfo?> config)
    {
        var address = new Argument<string>("address") { Description = "Whose letters; the whole address." };
        var explain = new Command("explain", "Tells what was sent to an address, what is to come and when, and what was not sent and why.") { address };
        explain.SetAction(async (parsed, stop) =>
        {
            var email = parsed.GetRequiredValue(address);
            if (!MailboxAddress.TryParse(email, out _))
                return Answer.Refuse(MailCommand.NoAddress);
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            Console.Write(Written(email, await hub.Services.GetRequiredService<ExplainAddress>().Run(email, stop)));
            return CommandLine.Ok;
        });
        return explain;
    }

    private static string Written(string email, ExplainedAddress known)
    {
        var text = new StringBuilder();
        text.AppendLine(email).AppendLine();
        text.AppendLine(known.Member switch
        {
            null => "Member:      none with this address (guests have none).",
            { DisabledAt: { } since } => Line($"Member:      {known.Member.Id}, disabled since {At(since)}: no reminders."),
            { WantsReminders: false } => Line($"Member:      {known.Member.Id}; wants no reminders."),
            _ => Line($"Member:      {known.Member.Id}; wants reminders."),
        });
        if (known.Suppressions.Count == 0)
            text.AppendLine("Suppressed:  no, letters may go there.");
        foreach (var one in known.Suppressions)
            text.AppendLine(Line($"Suppressed:  {one.Scope} since {At(one.Since)}, {one.Reason}. {one.Diagnostic}"));
        text.AppendLine(known.Relay.PausedSince is { } paused
            ? Line($"Relay:       nothing leaves since {At(paused)} ({known.Relay.Trouble}): {known.Relay.Reply}")
            : "Relay:       letters leave.");

        Section(text, "To come", known.ToCome.OrderBy(letter => letter.NextAttemptAt), letter => letter.NextAttemptAt);
        Section(text, "Done", known.Done, letter => letter.SentAt ?? letter.NextAttemptAt);
        text.AppendLine().AppendLine(Line($"Times are Berlin's; it is {At(known.Now)} now. Reminders that an event will arm later are not letters yet."));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<Letter> letters, Func<Letter, Instant> when)
    {
        var listed = letters.ToList();
        text.AppendLine().AppendLine(Line($"{title} ({listed.Count}):"));
        foreach (var letter in listed)
        {
            var why = letter.Why is { } reason ? $": {reason.English}" : "";
            var again = letter.State == LetterState.Retry ? Line($", {letter.Attempts} attempts so far") : "";
            text.AppendLine(Line($"  {At(when(letter))}  {letter.Kind.Words.English}, {letter.State.Words.English.ToLowerInvariant()}{again}{why}"));
            text.AppendLine(Line($"                    {letter.Id}{(letter.SmtpReply is { } reply ? $"  \"{reply}\"" : "")}"));
        }
    }

    private static string At(Instant at) => minute.Format(at.InZone(zone).LocalDateTime);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
