using System.CommandLine;
using DigiHub.Data;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

internal static class MigrateCommand
{
    public static Command Make(Launch launch)
    {
        var plan = new Option<bool>("--plan") { Description = "Only list what is pending, and change nothing." };
        var command = new Command("migrate", "Update the database and exit. Creates it if missing. 'serve' does this too.") { plan };
        command.SetAction(async (parsed, stop) =>
        {
            await using var hub = HubBuilder.ForOneAct(parsed, launch);
            var migrating = hub.Services.GetRequiredService<Migrating>();
            return parsed.GetValue(plan)
                ? await Plan(hub.Services.GetRequiredService<DataOptions>(), migrating, stop)
                : await Migrate(hub.Services.GetRequiredService<DataFolder>(), migrating, stop);
        });
        return command;
    }

    private static async Task<int> Migrate(DataFolder folder, Migrating migrating, CancellationToken stop)
    {
        folder.Prepare();
        var missing = await migrating.Missing(stop);
        var saved = await migrating.Run(stop);
        if (saved is not null)
            Console.WriteLine($"Saved the database as {saved}.");
        Console.WriteLine(missing.Count == 0 ? UpToDate : $"Applied {string.Join(", ", missing)}.");
        return CommandLine.Ok;
    }

    private static async Task<int> Plan(DataOptions data, Migrating migrating, CancellationToken stop)
    {
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
        {
            Console.WriteLine($"There is no database at {Path.GetFullPath(data.SqliteFile)}. 'migrate' creates it.");
            return CommandLine.Ok;
        }

        var (missing, unknown) = await migrating.Shape(stop);
        if (unknown.Count > 0)
            throw new DatabaseOfAnotherVersionException(unknown);
        Console.WriteLine(missing.Count == 0 ? UpToDate : $"Pending: {string.Join(", ", missing)}. 'migrate' applies them.");
        if (migrating.BackupBefore(missing) is { } path)
            Console.WriteLine($"Before that, it saves the database as {path}.");
        else if (missing.Count > 0)
            Console.WriteLine("Run 'backup' first: on PostgreSQL, 'migrate' does not save the database.");
        return CommandLine.Ok;
    }

    private const string UpToDate = "The database is up to date.";
}
