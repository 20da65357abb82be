using DigiHub.Data;

namespace DigiHub.Web.Cli;

/// <summary>Asked by commands that only look at a hub or change it: they make no database, and change no database's shape.</summary>
internal static class DatabaseAtHand
{
    /// <summary>The end of the command where the hub's database is not there or not in this version's shape; else null.</summary>
    public static async Task<int?> WhyNot(IServiceProvider hub, CancellationToken stop)
    {
        var data = hub.GetRequiredService<DataOptions>();
        if (!data.IsPostgres && !File.Exists(data.SqliteFile))
            return Tell($"There is no database of a hub at {Path.GetFullPath(data.SqliteFile)}.\nCheck DigiHub:DataFolder; --config names the settings file that the hub itself runs with.", CommandLine.BadSettings);
        var missing = await hub.GetRequiredService<Migrating>().Missing(stop);
        return missing.Count == 0 ? null : Tell("The database has not this version's shape.\nStart the hub in this version, or run 'migrate'; then try again.", CommandLine.Unavailable);
    }

    private static int Tell(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
