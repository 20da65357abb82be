using System.CommandLine;
using System.Globalization;
using DigiHub.Data;
using DigiHub.Operations;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

/// <summary>Saves the hub while it runs, and finds out whether what was saved can be restored.</summary>
internal static class BackupCommand
{
    public static Command Make(Launch launch)
    {
        var path = new Argument<string?>("path")
        {
            Description =
                "File to write, or an existing folder for one named after the time. Default: the folder 'backups' in the data folder.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var backup = new Command("backup", "Save the database as one file while the hub runs.") { path, Verify(launch) };
        backup.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var target = parsed.GetValue(path) ?? Directory.CreateDirectory(hub.GetRequiredService<DataFolder>().Backups).FullName;
            return Answer.Tell(await hub.GetRequiredService<MakeBackup>().Run(target, stop), made => string.Create(
                CultureInfo.InvariantCulture,
                $"Saved {made.File}, {Math.Max(1, made.Bytes >> 10)} KB.\nIt counts as good once 'backup verify {made.File}' has restored "
                    + $"it. "
                    + $"Keep it as safe as the database: it holds the hub's keys."));
        }, stop));
        return backup;
    }

    private static Command Verify(Launch launch)
    {
        var path = new Argument<string>("path") { Description = "The backup." };
        var verify = new Command("verify", "Restore a backup into a scratch database and check that it is whole and sound.") { path };
        verify.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var verified = await hub.Services.GetRequiredService<VerifyBackup>()
                .Run(parsed.GetRequiredValue(path), await IsThere(hub.Services, stop), stop);
            return Answer.Tell(verified, manifest => string.Create(CultureInfo.InvariantCulture,
                $"Good: made {manifest.At} by version {manifest.Version}, "
                    + $"{manifest.Rows.Values.Sum()} rows in {manifest.Rows.Count} tables."));
        });
        return verify;
    }

    /// <summary>A backup can be verified where there is no hub, too; then it is noted nowhere.</summary>
    private static async Task<bool> IsThere(IServiceProvider hub, CancellationToken stop)
    {
        var data = hub.GetRequiredService<DataOptions>();
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
            return false;
        try
        {
            return (await hub.GetRequiredService<Migrating>().Shape(stop)).Fits;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }
}
