using DigiHub.Settings;
using DigiHub.Time;
using Microsoft.Extensions.Options;

namespace DigiHub.Web;

/// <summary>
/// The settings in force: what command line, environment and file say, and where they are silent, what an administrator entered in
/// the browser (hub 30). Ask <see cref="Value"/> each time: it changes while the hub runs.
/// </summary>
/// <param name="given">Without the browser's, as they were checked at start.</param>
/// <param name="configuration">From which they were read.</param>
public sealed class SettingsNow(HubSettings given, IConfiguration configuration) : IOptions<HubSettings>, ISettingsFollower
{
    private volatile Known known = new(new Dictionary<string, string>(), given);

    private sealed record Known(IReadOnlyDictionary<string, string> Stored, HubSettings Settings);

    public HubSettings Value => known.Settings;

    /// <summary>What was entered in the browser, by key, in force or not.</summary>
    public IReadOnlyDictionary<string, string> Stored => known.Stored;

    public HubLogo Logo => HubLogo.Of(known.Stored);

    /// <summary>Command line, environment or file say it: it cannot be changed in the browser.</summary>
    public bool IsFixed(BrowserSetting setting) => configuration[setting.FullKey] is { Length: > 0 };

    /// <summary>
    /// Null if the value may be stored under the key. Refuses with not_found, setting_fixed and what
    /// <see cref="BrowserSetting.WhyNot"/> says.
    /// </summary>
    public Refusal? WhyNot(string key, string value)
    {
        if (BrowserSetting.Named(key) is not { } setting)
            return Refusal.NotFound;
        return !IsFixed(setting) ? setting.WhyNot(value)
            : new("setting_fixed", new(
                $"{setting.FullKey} is set by the command line, the environment or the settings file. Change it there.",
                $"{setting.FullKey} ist durch Kommandozeile, Umgebung oder Einstellungsdatei gesetzt. Ändern Sie es dort.",
                $"{setting.FullKey} ist durch Kommandozeile, Umgebung oder Einstellungsdatei gesetzt. Ändere es dort."))
            { Field = setting.Key };
    }

    public QuietHours Follow(IReadOnlyDictionary<string, string> stored)
    {
        if (!IsSame(known.Stored, stored))
            known = new(stored, With(stored));
        return known.Settings.Reminders.QuietHours;
    }

    /// <summary>What another program version stored and this one would refuse does not count.</summary>
    private HubSettings With(IReadOnlyDictionary<string, string> stored)
    {
        var entered = BrowserSetting.All
            .Where(setting => !IsFixed(setting) && stored.TryGetValue(setting.Key, out var value) && setting.WhyNot(value) is null)
            .ToDictionary(setting => setting.FullKey, setting => (string?)stored[setting.Key]);
        if (entered.Count == 0)
            return given;
        var together = new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection(entered).Build();
        using (together as IDisposable)
            return SettingsCheck.Read(together);
    }

    private static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
