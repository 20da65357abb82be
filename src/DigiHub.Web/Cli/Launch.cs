using System.CommandLine;

namespace DigiHub.Web.Cli;

/// <summary>With which settings the program was started, whatever its command: a file, where to listen, and single ones.</summary>
/// <param name="Settings">As the configuration reads them: "--DigiHub:DataFolder=/srv/hub".</param>
internal sealed record Launch(Option<FileInfo?> Config, Option<string?> Urls, IReadOnlyList<string> Settings)
{
    /// <summary>
    /// Separates settings from other arguments. They may come before or after any command: one that
    /// ignored DigiHub:DataFolder would read or write another hub's database.
    /// </summary>
    /// <param name="withValue">The names of options after which a word is their value, whatever it looks like.</param>
    public static (IReadOnlyList<string> Settings, string[] Words) Part(string[] args, IReadOnlySet<string> withValue)
    {
        List<string> settings = [], words = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (IsSetting(args[i]) && !(i > 0 && withValue.Contains(args[i - 1])))
                settings.Add("--" + args[i].TrimStart('-'));
            else
                words.Add(args[i]);
        }

        return (settings, [.. words]);
    }

    private static bool IsSetting(string word)
    {
        var key = word.TrimStart('-').Split('=')[0];
        return key.Length < word.TrimStart('-').Length && key.Split(':') is { Length: > 1 } parts
            && sections.Contains(parts[0], StringComparer.OrdinalIgnoreCase);
    }

    private static readonly string[] sections = [HubSettings.Section, "Kestrel", "Logging"];
}
