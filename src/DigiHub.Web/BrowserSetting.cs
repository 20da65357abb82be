using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using DigiHub.Web.Components;

namespace DigiHub.Web;

/// <summary>
/// A setting that administrators may change in the browser. Its type and bounds are those of its property in
/// <see cref="HubSettings"/>: what the file may not say, the browser may not either.
/// </summary>
/// <param name="Key">As in the settings file, without "DigiHub:" – "Mail:KeepDays".</param>
/// <param name="IsNeeded">May not be empty.</param>
public sealed record BrowserSetting(string Key, Words Label, Words? Hint = null, bool IsNeeded = false)
{
    private readonly (PropertyInfo? Section, PropertyInfo Property) path = Find(Key);

    /// <summary>In the order of their forms.</summary>
    public static IReadOnlyList<BrowserSetting> All { get; } =
    [
        new("Name", new("Name of the hub", "Name des Hubs"),
            new("On every page and in every e-mail.", "Auf jeder Seite und in jeder E-Mail.")),
        new("FooterEnglish", new("Line at the foot of every page, English", "Zeile am Fuß jeder Seite, englisch"),
            new("Such as who supports the hub. Empty: none.", "Etwa, wer den Hub fördert. Leer: keine.")),
        new("FooterGerman", new("Line at the foot of every page, German", "Zeile am Fuß jeder Seite, deutsch")),
        new("FormOfAddress", new("Form of address in German", "Anrede auf Deutsch"),
            new("On every German page and in every German e-mail.", "Auf jeder Seite und in jeder E-Mail auf Deutsch."))
        {
            Choices =
            [
                new(nameof(FormOfAddress.Formal), new("Formal: Sie", "Förmlich: Sie"),
                    "Ihr Platz ist gebucht. Wir freuen uns auf Sie."),
                new(nameof(FormOfAddress.Familiar), new("Familiar: du", "Vertraut: du"),
                    "Dein Platz ist gebucht. Wir freuen uns auf dich."),
            ],
        },
        new("MinutesBetweenSites", new("Minutes from one site to another", "Minuten von einem Standort zum anderen"),
            new("Members with less time between two things of their own are warned. 0: nobody is.",
                "Wer zwischen zwei eigenen Terminen weniger Zeit hat, wird gewarnt. 0: niemand."), IsNeeded: true),
        .. ImprintSetting.All,
        new("Reminders:QuietFrom", new("Quiet from", "Ruhe ab"),
            new("No e-mail that can wait leaves from then on, on each site’s clock.",
                "Ab dann geht keine E-Mail hinaus, die warten kann, nach der Uhr des Standorts.")),
        new("Reminders:QuietUntil", new("Quiet until", "Ruhe bis"),
            new("The same as “Quiet from” for no quiet hours.", "Wie „Ruhe ab“ für keine Ruhezeit.")),
        new("Account:SessionIdleHours",
            new("Hours until a sign-in without activity ends", "Stunden, bis eine Anmeldung ohne Aktivität endet")),
        new("Account:SessionDays", new("Days a sign-in lasts at most", "Tage, die eine Anmeldung höchstens gilt")),
        new("Account:AdministratorIdleMinutes",
            new("For administrators: minutes without activity", "Für die Verwaltung: Minuten ohne Aktivität")),
        new("Account:AdministratorHours", new("For administrators: hours at most", "Für die Verwaltung: Stunden höchstens")),
        new("Mail:FromName", new("Sender’s name", "Name des Absenders"),
            new("Empty: the name of the hub.", "Leer: der Name des Hubs.")),
        new("Mail:ReplyTo", new("Where answers go", "Wohin Antworten gehen"),
            new("Empty: to the sender’s address.", "Leer: an die Adresse des Absenders.")),
        new("Mail:LateAfterMinutes",
            new("Minutes after which a late e-mail is an alarm", "Minuten, nach denen eine späte E-Mail ein Alarm ist")),
        new("Mail:KeepDays", new("Days until an e-mail’s record forgets name and address",
            "Tage, bis der Vermerk einer E-Mail Name und Adresse vergisst")),
        new("Backup:AlertAfterHours", new("Hours without a good backup until an alarm", "Stunden ohne gute Sicherung bis zum Alarm"),
            new("0: never.", "0: nie.")),
    ];

    /// <summary>The values it may have, the default first; empty where it is typed.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; private init; } = [];

    /// <summary>Null for a key that is no setting of the browser.</summary>
    public static BrowserSetting? Named(string key) =>
        All.FirstOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase));

    public string FullKey => $"{HubSettings.Section}:{Key}";

    /// <summary>"Mail"; empty for those of the hub itself.</summary>
    public string Section => Key.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? Key[..end] : "";

    public bool IsAddress => path.Property.GetCustomAttribute<MailboxAttribute>() is not null;

    public bool IsTime => path.Property.PropertyType == typeof(TimeOnly);

    /// <summary>Both inclusive; null for what is no number.</summary>
    public (int Min, int Max)? Bounds =>
        path.Property.GetCustomAttribute<RangeAttribute>() is { } range ? ((int)range.Minimum, (int)range.Maximum) : null;

    public int LengthMax => IsAddress ? EmailAddress.LengthMax
        : IsTime ? 5
        : path.Property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength ?? 10;

    /// <summary>What people read for a value: the name of a choice, or the value itself.</summary>
    public string Shown(string value) => Choices.FirstOrDefault(choice => choice.Value == value)?.Label.Here ?? value;

    /// <summary>As it is written in forms and stored.</summary>
    public string Of(HubSettings settings) =>
        path.Property.GetValue(path.Section is { } section ? section.GetValue(settings) : settings) switch
        {
            TimeOnly time => FormParse.Write(LocalTime.FromTimeOnly(time)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var text => text as string ?? "",
        };

    /// <summary>Null if the value may be stored.</summary>
    /// <param name="value">One line; empty takes it back.</param>
    public Refusal? WhyNot(string value)
    {
        if (value.Length == 0)
            return IsNeeded ? Refused("setting_missing", new("Fill this in.", "Füllen Sie dieses Feld aus.",
                "Füll dieses Feld aus.")) : null;
        if (Choices.Count > 0)
            return Choices.Any(choice => choice.Value == value) ? null
                : Refused("setting_unknown_choice", new($"Choose one of {Listed}.", $"Möglich sind {Listed}."));
        if (Bounds is { } bounds)
            return FormParse.Number(value) is { } number && number >= bounds.Min && number <= bounds.Max ? null
                : Refused("setting_out_of_bounds", new($"Enter a whole number from {bounds.Min} to {bounds.Max}.",
                    $"Geben Sie eine ganze Zahl von {bounds.Min} bis {bounds.Max} ein.",
                    $"Gib eine ganze Zahl von {bounds.Min} bis {bounds.Max} ein."));
        if (IsTime)
            return FormParse.Time(value) is not null ? null
                : Refused("setting_no_time", new("Enter a time such as 21:00.", "Geben Sie eine Uhrzeit wie 21:00 ein.",
                    "Gib eine Uhrzeit wie 21:00 ein."));
        if (value.Length > LengthMax)
            return Refused("setting_too_long", new($"Use at most {LengthMax} characters.", $"Höchstens {LengthMax} Zeichen sind möglich."));
        return !IsAddress || EmailAddress.OfTheHub(value) is not null ? null
            : Refused("email_invalid", new("Enter an e-mail address such as info@hub.example.",
                "Geben Sie eine E-Mail-Adresse wie info@hub.example ein.",
                "Gib eine E-Mail-Adresse wie info@hub.example ein."));
    }

    private string Listed => string.Join(", ", Choices.Select(choice => choice.Value));

    private Refusal Refused(string code, Words message) => new(code, message) { Field = Key };

    private static (PropertyInfo?, PropertyInfo) Find(string key)
    {
        if (key.Split(':') is not [var first, var second])
            return (null, typeof(HubSettings).GetProperty(key)!);
        var section = typeof(HubSettings).GetProperty(first)!;
        return (section, section.PropertyType.GetProperty(second)!);
    }
}

/// <param name="Value">As it is stored.</param>
/// <param name="Example">A German sentence that shows what it does.</param>
public sealed record SettingChoice(string Value, Words Label, string Example);
