using System.CommandLine;
using System.Globalization;
using DigiHub.Operations;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

/// <summary>Puts a backup in the place of the database while the hub is stopped.</summary>
internal static class RestoreCommand
{
    public static Command Make(Launch launch)
    {
        var path = new Argument<string>("path") { Description = "The backup." };
        var replace = new Option<bool>("--replace")
        { Description = "Replace a hub that is there. It is saved first, in the folder 'backups' of the data folder." };
        var restore = new Command("restore", "Put a backup in the place of the database while the hub is stopped. All sessions end, and "
            + "e-mails and webhooks rest until 'mail release'.") { path, replace };
        restore.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var folder = hub.Services.GetRequiredService<DataFolder>();
            var restored = await hub.Services.GetRequiredService<RestoreBackup>()
                .Run(parsed.GetRequiredValue(path), parsed.GetValue(replace) ? folder.Backups : null, stop);
            return Answer.Tell(restored, done => Told(done));
        });
        return restore;
    }

    private static string Told(RestoredHub done)
    {
        var saved = done.BackedUp is { } old ? $"\nWhat was there is saved as {old}." : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"Restored the hub as it was at {done.At}.{saved}\nAll sessions are over: "
                + $"sign in again, for instance by 'member link'. E-mails and "
                + $"webhooks rest until an administrator lets them go: on {Paths.Admin}, or by 'mail release'.");
    }
}
