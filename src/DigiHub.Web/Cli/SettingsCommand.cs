using System.CommandLine;
using DigiHub.Opening;
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
            foreach (var one in hub.GetRequiredService<SettingsInForce>().All())
            {
                var value = one.IsSecret ? one.IsSet ? "(set)" : "(not set)" : one.Value;
                Console.WriteLine($"{one.Key} = {value}  [{SourceOf(one)}]");
            }

            return CommandLine.Ok;
        }, stop));
        return new Command("settings", "Look at the settings, and change those that may be changed while the hub runs.")
        {
            list, Set(launch), Unset(launch),
        };
    }

    private static Command Set(Launch launch)
    {
        var (key, value) = (Key(), new Argument<string>("value") { Description = "As the settings file has it." });
        var set = new Command("set", "Set it for all processes, unless the command line, the environment or a file set it.") { key, value };
        set.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch,
            hub => Change(hub, parsed.GetRequiredValue(key), TypedText.Line(parsed.GetRequiredValue(value)) ?? "", stop), stop));
        return set;
    }

    private static Command Unset(Launch launch)
    {
        var key = Key();
        var unset = new Command("unset", "Take back what was set by this command or in the browser.") { key };
        unset.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch,
            hub => Change(hub, parsed.GetRequiredValue(key), "", stop), stop));
        return unset;
    }

    private static Argument<string> Key() => new("key") { Description = "Such as Mail:KeepDays." };

    private static async Task<int> Change(IServiceProvider hub, string key, string value, CancellationToken stop)
    {
        if (BrowserSetting.Named(key) is not { } setting)
            return Answer.Misread(new("setting_unknown", new(
                $"{key} cannot be set here. These can: {string.Join(", ", BrowserSetting.All.Select(one => one.Key))}.", "")));
        if (hub.GetRequiredService<SettingsNow>().WhyNot(key, value) is { } why)
            return Answer.Refuse(why);
        return Answer.Tell(
            await hub.GetRequiredService<ChangeSettings>().Run(null, new Dictionary<string, string> { [setting.Key] = value }, stop),
            changed => changed == 0 ? "It was so already." : "Done. Running processes follow within five seconds.");
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
