using System.CommandLine;
using DigiHub.Data;
using DigiHub.Privacy;
using DigiHub.Web.Notifications;
using DigiHub.Web.Privacy;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

/// <summary>
/// What a person may ask of the operator, with an account or without one: a copy of their data (Art. 15 GDPR) and erasure (Art. 17).
/// </summary>
internal static class PersonCommands
{
    public static IEnumerable<Command> Make(Launch launch) => [Export(launch), Erase(launch)];

    private static Command Export(Launch launch)
    {
        var address = Address();
        var path = new Argument<string>("path") { Description = "The ZIP file to write. It must not exist." };
        var export = new Command("export-person", "Write everything that is stored about a person to a ZIP file.") { address, path };
        export.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } email)
                return Answer.Misread(MailCommand.NoAddress);
            if (await Find(hub, email, stop) is not { } person)
                return Answer.Refuse(Unknown);
            var settings = hub.GetRequiredService<IOptions<HubSettings>>().Value;
            var found = await hub.GetRequiredService<OwnData>().Run(
                person, actorId: null, CalendarTexts.Of(settings), settings.PublicUrl, stop);
            var file = Path.GetFullPath(parsed.GetRequiredValue(path));
            var zip = OwnDataZip.Write(found, settings.Name, hub.GetRequiredService<IClock>().GetCurrentInstant());
            try
            {
                await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                await target.WriteAsync(zip, stop);
            }
            catch (IOException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return CommandLine.Refused;
            }

            Console.WriteLine($"Wrote {file}. It holds personal data: hand it over safely, and delete it then.");
            return CommandLine.Ok;
        }, stop));
        return export;
    }

    private static Command Erase(Launch launch)
    {
        var address = Address();
        var now = new Option<bool>("--now") { Description = "Do not wait for seven days. It cannot be taken back." };
        var erase = new Command("erase-person",
            "Forget a person. An account is closed at once and deleted after seven days; a guest is forgotten at once.")
        { address, now };
        erase.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            if (MailCommand.Address(parsed.GetRequiredValue(address)) is not { } email)
                return Answer.Misread(MailCommand.NoAddress);
            if (await Find(hub, email, stop) is not { } person)
                return Answer.Refuse(Unknown);
            var erasing = hub.GetRequiredService<ErasePerson>();
            if (person.MemberId is not { } memberId)
                return Answer.Tell(await erasing.RunForGuest(email, stop), _ => $"{email} is forgotten.");

            var asked = await hub.GetRequiredService<AskErasure>().Run(memberId, actorId: null, stop);
            if (!asked.IsDone || !parsed.GetValue(now))
                return Answer.Tell(asked, erasure => $"{email} can no longer sign in and is forgotten on {erasure.DueAt}. "
                    + "Until then, the link in the e-mail brings the account back.");
            return Answer.Tell(await erasing.Run(asked.Value, stop), _ => $"{email} is forgotten.");
        }, stop));
        return erase;
    }

    private static Argument<string> Address() => new("address") { Description = "The person's e-mail address." };

    private static async Task<PersonKeys?> Find(IServiceProvider hub, EmailAddress email, CancellationToken stop)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        return await db.Person(email, stop);
    }

    private static Refusal Unknown { get; } = new("unknown_address", new(
        "Nothing is stored about this address. Check the spelling.",
        "Zu dieser Adresse ist nichts gespeichert. Prüfen Sie die Schreibweise.",
        "Zu dieser Adresse ist nichts gespeichert. Prüf die Schreibweise."));
}
