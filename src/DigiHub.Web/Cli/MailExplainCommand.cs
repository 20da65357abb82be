using System.CommandLine;
using System.Globalization;
using System.Text;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Cli;

internal static class MailExplainCommand
{
    public static Command Make(Launch launch)
    {
        var address = new Argument<string>("address") { Description = "The full e-mail address." };
        var explain = new Command("explain", "Show what was sent to an address, what is planned, and why.") { address };
        explain.SetAction(async (parsed, stop) =>
        {
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } email)
                return Answer.Misread(MailCommand.NoAddress);
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            if (await ExistingDatabase.WhyNot(hub.Services, stop) is { } code)
                return code;
            var known = await hub.Services.GetRequiredService<ExplainAddress>().Run(email, stop);
            if (known is { Member: null, Suppressions.Count: 0, Notifications.Count: 0 })
                return Answer.Refuse(Unknown);
            Console.Write(Written(email, known, hub.Services));
            return CommandLine.Ok;
        });
        return explain;
    }

    private static Refusal Unknown { get; } = new("unknown_address", new(
        "Nothing found for this address: no member uses it, and no e-mails were sent or are planned. "
            + "Check the spelling. The person may have registered with another address.",
        "Nichts gefunden: Kein Mitglied nutzt diese Adresse, und keine E-Mails wurden dorthin gesendet oder sind geplant. "
            + "Prüfen Sie die Schreibweise. Vielleicht wurde bei der Anmeldung eine andere angegeben.",
        "Nichts gefunden: Kein Mitglied nutzt diese Adresse, und keine E-Mails wurden dorthin gesendet oder sind geplant. Prüf die "
            + "Schreibweise. Vielleicht wurde bei der Anmeldung eine andere angegeben."));

    private static string Written(string email, ExplainedAddress known, IServiceProvider hub)
    {
        var text = new StringBuilder();
        text.AppendLine(email).AppendLine();
        text.AppendLine(known.Member switch
        {
            null => "Member:      none (guests have no account).",
            { DisabledAt: { } since } => Line($"Member:      {known.Member.Id}, disabled since {MailNotes.At(since, hub)}, no reminders."),
            { WantsReminders: false } => Line($"Member:      {known.Member.Id}, reminders off."),
            _ => Line($"Member:      {known.Member.Id}, reminders on."),
        });
        if (known.Suppressions.Count == 0)
            text.AppendLine("Blocked:     no.");
        foreach (var one in known.Suppressions)
            text.AppendLine(Line($"Blocked:     {MailNotes.Of(one, hub)}"));
        text.AppendLine(MailNotes.Of(known.Relay, hub) is { } paused ? $"Mail server: {paused}" : "Mail server: sending e-mails.");

        Section(hub, text, "Planned", known.ToCome.OrderBy(notification => notification.NextAttemptAt),
            notification => notification.NextAttemptAt);
        Section(hub, text, "Done", known.Past, notification => notification.SentAt ?? notification.NextAttemptAt);
        text.AppendLine().AppendLine(Line($"Times in {hub.GetRequiredService<DateWords>().Zone.Id}. ")
            + Line($"It is now {MailNotes.At(known.Now, hub)}. Event reminders are listed once they are scheduled."));
        return text.ToString();
    }

    private static void Section(
        IServiceProvider hub, StringBuilder text, string title, IEnumerable<Notification> notifications, Func<Notification, Instant> when)
    {
        var listed = notifications.ToList();
        text.AppendLine().AppendLine(Line($"{title} ({listed.Count}):"));
        foreach (var notification in listed)
        {
            var why = notification.Why is { } reason ? $": {reason.English}" : "";
            var again = notification.State == NotificationState.Retry ? Line($", {notification.Attempts} attempts so far") : "";
            text.AppendLine(Line($"  {MailNotes.At(when(notification), hub)}  {notification.Type.Words.English}, ")
                + Line($"{notification.State.Words.English.ToLowerInvariant()}{again}{why}"));
            text.AppendLine(Line($"                    {notification.Id}{(notification.SmtpReply is { } reply ? $"  \"{reply}\"" : "")}"));
            if (notification.Advice is { } advice)
                text.AppendLine(Line($"                    What to do: {advice.English}")
                    + Line($"{(notification.State == NotificationState.Failed ? $" ('mail requeue {notification.Id}')" : "")}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
