using System.CommandLine;
using DigiHub.Web.Operations;

namespace DigiHub.Web.Cli;

/// <summary>Shows with which settings this program would run, and where each comes from.</summary>
internal static class SettingsCommand
{
    public static Command Make(Launch launch)
    {
        var list = new Command("list", "List every setting with its value and source. Secrets are not shown.");
        list.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            foreach (var one in await hub.GetRequiredService<SettingsInForce>().All(stop))
            {
                var value = one.IsSecret ? one.IsSet ? "(set)" : "(not set)" : one.Value;
                Console.WriteLine($"{one.Key} = {value}  [{SourceOf(one)}]");
            }

            return CommandLine.Ok;
        }, stop));
        return new Command("settings", "Look at the settings.") { list };
    }

    private static string SourceOf(SettingInForce one) => one.Source switch
    {
        SettingSource.CommandLine => "command line",
        SettingSource.Environment => "environment",
        SettingSource.File => one.File ?? "file",
        SettingSource.Browser => "browser",
        _ => "default",
    };
}
