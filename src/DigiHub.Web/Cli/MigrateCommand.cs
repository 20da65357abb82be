using System.CommandLine;
using DigiHub.Data;

namespace DigiHub.Web.Cli;

internal static class MigrateCommand
{
    public static Command Make(Option<FileInfo?> config)
    {
        var command = new Command("migrate", "Brings the database into this version's shape and ends. 'serve' does it as well.");
        command.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, config);
            var migrating = hub.Services.GetRequiredService<Migrating>();
            var missing = await migrating.Missing(stop);
            await migrating.Run(stop);
            Console.WriteLine(missing.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", missing)}.");
            return CommandLine.Ok;
        });
        return command;
    }
}
