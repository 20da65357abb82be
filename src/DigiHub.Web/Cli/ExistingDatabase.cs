using System.CommandLine;
using DigiHub.Data;

namespace DigiHub.Web.Cli;

/// <summary>Asked by commands that only look at a hub or change it: they make no database, and change no database's shape.</summary>
internal static class ExistingDatabase
{
    /// <summary>Does one act on a hub whose database is there and in this version's shape; else says what is missing and ends.</summary>
    public static async Task<int> Act(ParseResult parsed, Launch launch, Func<IServiceProvider, Task<int>> act, CancellationToken stop)
    {
        await using var hub = HubBuilder.ForOneAct(parsed, launch);
        return await WhyNot(hub.Services, stop) ?? await act(hub.Services);
    }

    /// <summary>The end of the command where the hub's database is not there or not in this version's shape; else null.</summary>
    public static async Task<int?> WhyNot(IServiceProvider hub, CancellationToken stop)
    {
        var data = hub.GetRequiredService<DataOptions>();
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
            return Tell($"No database found at {Path.GetFullPath(data.SqliteFile)}.\nCheck DigiHub:DataFolder (--config names the hub's settings file). For a new hub, run 'migrate'.");
        var (missing, unknown) = await hub.GetRequiredService<Migrating>().Shape(stop);
        if (unknown.Count > 0)
            throw new DatabaseOfAnotherVersionException(unknown);
        return missing.Count == 0 ? null : Tell("The database is out of date.\nRun 'migrate' or start the hub, then try again.");
    }

    private static int Tell(string message)
    {
        Console.Error.WriteLine(message);
        return CommandLine.BadSettings;
    }
}
