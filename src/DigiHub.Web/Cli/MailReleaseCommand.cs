using System.CommandLine;
using System.Globalization;
using DigiHub.Operations;

namespace DigiHub.Web.Cli;

/// <summary>After a restore: says what would leave, and lets it go.</summary>
internal static class MailReleaseCommand
{
    public static Command Make(Launch launch)
    {
        var skip = new Option<bool>("--skip-overdue")
        { Description = "Let e-mails and webhooks leave again, but for those due before the restore: they most likely left before." };
        var all = new Option<bool>("--all")
        { Description = "Let all leave, those due before the restore as well: only if the old hub has sent nothing since the backup." };
        var release = new Command(
            "release", "Let e-mails and webhooks leave again after a restore. Without an option, say what would leave.")
        { skip, all };
        release.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            if (parsed.GetValue(skip) && parsed.GetValue(all))
                return Answer.Misread(OneOnly);
            if (await hub.GetRequiredService<RestingSending>().Run(stop) is not { } resting)
            {
                Console.WriteLine("Nothing rests: e-mails and webhooks leave as usual.");
                return CommandLine.Ok;
            }

            Console.WriteLine(Told(resting, hub));
            if (!parsed.GetValue(skip) && !parsed.GetValue(all))
            {
                Console.WriteLine("Let them go with --skip-overdue, or with --all if the old hub has sent nothing since the backup.");
                return CommandLine.Ok;
            }

            var released = await hub.GetRequiredService<ReleaseSending>()
                .Run(parsed.GetValue(all) ? Overdue.Send : Overdue.Skip, byMemberId: null, stop);
            return Answer.Tell(released, skipped => string.Create(CultureInfo.InvariantCulture, $"They leave again. Skipped: {skipped}."));
        }, stop));
        return release;
    }

    private static string Told(Resting resting, IServiceProvider hub) => string.Create(CultureInfo.InvariantCulture,
        $"E-mails and webhooks have rested since the restore at {MailNotes.At(resting.Since, hub)}.\n"
            + $"Due before it: e-mails {resting.OverdueEmails}, webhooks {resting.OverdueWebhooks}.\n"
            + $"Due now: e-mails {resting.DueEmails}, webhooks {resting.NewWebhooks}. Due later: e-mails {resting.LaterEmails}.");

    private static Refusal OneOnly { get; } = new("which_release", new(
        "Give one of these: --skip-overdue or --all.", "Geben Sie eines davon an: --skip-overdue oder --all.",
        "Gib eines davon an: --skip-overdue oder --all."));
}
