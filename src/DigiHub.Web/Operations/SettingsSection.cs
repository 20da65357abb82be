namespace DigiHub.Web.Operations;

/// <summary>Settings that stand together, in the file and on the page.</summary>
/// <param name="Key">"Mail"; empty for those of the hub itself.</param>
public sealed record SettingsSection(string Key, Words Title)
{
    private const string Hub = "hub";

    /// <summary>Those of which something may be changed in the browser.</summary>
    private static readonly IReadOnlyList<SettingsSection> all =
    [
        new("", new("The hub", "Der Hub")),
        new("Imprint", new("Imprint", "Impressum")),
        new("Reminders", new("Quiet hours", "Ruhezeiten")),
        new("Account", new("Signing in", "Anmeldung")),
        new("Mail", new("E-mails", "E-Mails")),
        new("Backup", new("Backups", "Sicherungen")),
    ];

    /// <summary>The imprint has a form of its own.</summary>
    public string Href => Key == nameof(HubSettings.Imprint) ? Paths.EditImprint : Paths.EditSettings(Key.Length == 0 ? Hub : Key);

    public IEnumerable<BrowserSetting> Settings => BrowserSetting.All.Where(setting => setting.Section == Key);

    /// <summary>Null where nothing may be changed.</summary>
    public static SettingsSection? Named(string key) => all.FirstOrDefault(section => section.Key == key);

    /// <param name="path">Of its form: "mail".</param>
    public static SettingsSection? At(string path) => all.FirstOrDefault(section => section.Href == Paths.EditSettings(path));

    public static Words TitleOf(string key) => Named(key)?.Title ?? new(key, key);
}
