using System.CommandLine;
using DigiHub.Data;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class MigrateCommand
{
    public static Command Make(Launch launch)
    {
        var command = new Command("migrate", "Update the database and exit. Creates it if missing. 'serve' does this too.");
        command.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            hub.Services.GetRequiredService<DataFolder>().Prepare();
            var migrating = hub.Services.GetRequiredService<Migrating>();
            var missing = await migrating.Missing(stop);
            await migrating.Run(stop);
            Console.WriteLine(missing.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", missing)}.");
            return CommandLine.Ok;
        });
        return command;
    }
}
