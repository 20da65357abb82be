using System.CommandLine;
using System.Globalization;
using DigiHub.Data;
using DigiHub.Spaces;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Cli;

/// <summary>For commands that need an existing database: they neither create nor migrate one.</summary>
internal static class ExistingDatabase
{
    /// <summary>Runs one act if the database exists and is up to date; otherwise says what is missing and ends.</summary>
    public static async Task<int> Act(ParseResult parsed, Launch launch, Func<IServiceProvider, Task<int>> act, CancellationToken stop)
    {
        await using var hub = HubBuilder.ForOneAct(parsed, launch);
        if (await WhyNot(hub.Services, stop) is { } why)
            return why;
        await hub.Services.GetRequiredService<Catalogue>().Map(stop); // and with it the settings entered in the browser
        CultureInfo.CurrentUICulture = Languages.Here.Culture(
            hub.Services.GetRequiredService<IOptions<HubSettings>>().Value.FormOfAddress); // of what an import keeps about its rows
        return await act(hub.Services);
    }

    /// <summary>The command's exit code if the database does not exist or is not up to date; otherwise null.</summary>
    public static async Task<int?> WhyNot(IServiceProvider hub, CancellationToken stop)
    {
        var data = hub.GetRequiredService<DataOptions>();
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
            return Tell($"No database found at {Path.GetFullPath(data.SqliteFile)}.\nCheck DigiHub:DataFolder (--config names the hub's "
                + "settings file). For a new hub, run 'migrate'.");
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
