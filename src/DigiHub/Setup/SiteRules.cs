using DigiHub.Sites;

namespace DigiHub.Setup;

/// <summary>What a site must be.</summary>
internal static class SiteRules
{
    public const int SitesMax = 50;
    public const int PostCodeMax = 10;

    public static Refusal NameTaken(string name) => new("site_name_taken", new(
        $"There is already a site called {name}. Choose another name.",
        $"Einen Standort namens {name} gibt es schon. Wählen Sie einen anderen Namen.",
        $"Einen Standort namens {name} gibt es schon. Wähle einen anderen Namen."))
    { Field = "name" };

    public static Refusal TooMany { get; } = new("too_many_sites", new(
        $"A hub has at most {SitesMax} sites.", $"Ein Hub hat höchstens {SitesMax} Standorte."));

    /// <summary>Everything that is wrong with it, in one refusal; null if nothing is.</summary>
    public static Refusal? WhyNot(SiteDraft draft) => Refusal.AllOf([.. Wrong(draft)]);

    private static IEnumerable<Refusal> Wrong(SiteDraft draft)
    {
        foreach (var wrong in WrongLines(draft.Name, draft.Street, draft.PostCode, draft.City))
            yield return wrong;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(draft.ZoneId) is null)
            yield return new("zone_unknown", new(
                "Use the ID of a time zone of the IANA list.", "Nehmen Sie die Kennung einer Zeitzone aus der Liste der IANA.",
                "Nimm die Kennung einer Zeitzone aus der Liste der IANA."))
            { Field = "zone" };
        foreach (var wrong in WrongWeek(draft.Week))
            yield return wrong;
    }

    /// <summary>What is wrong with name and address; empty if nothing is.</summary>
    public static IEnumerable<Refusal> WrongLines(string? name, string? street, string? postCode, string? city) => new[]
    {
        Line("name", name, Site.NameMax, new("Enter the site’s name.", "Geben Sie den Namen des Standorts ein.",
            "Gib den Namen des Standorts ein.")),
        Line("street", street, Site.NameMax, new("Enter street and number.", "Geben Sie Straße und Hausnummer ein.",
            "Gib Straße und Hausnummer ein.")),
        Line("postCode", postCode, PostCodeMax, new("Enter the postcode.", "Geben Sie die Postleitzahl ein.", "Gib die Postleitzahl ein.")),
        Line("city", city, Site.NameMax, new("Enter the city.", "Geben Sie den Ort ein.", "Gib den Ort ein.")),
    }.OfType<Refusal>();

    /// <summary>What is wrong with the hours of a week; empty if nothing is.</summary>
    public static IEnumerable<Refusal> WrongWeek(IReadOnlyList<DraftHours> week)
    {
        if (week.Count == 0)
            yield return new("hours_missing", new(
                "Give the hours of at least one day. On all others the site is closed.",
                "Geben Sie die Zeiten wenigstens eines Tages an. An allen anderen ist der Standort geschlossen.",
                "Gib die Zeiten wenigstens eines Tages an. An allen anderen ist der Standort geschlossen."))
            { Field = "opens1" };
        foreach (var hours in week.Where(hours => !CanBe(hours.Opens, hours.Closes)))
            yield return ClosesBeforeOpening($"closes{(int)hours.Day}");
    }

    /// <summary>Closing at midnight is the end of the day.</summary>
    public static bool CanBe(LocalTime opens, LocalTime closes) => closes == LocalTime.Midnight || closes > opens;

    public static Refusal ClosesBeforeOpening(string field) => new("closes_before_opening", new(
        "The site must close after it opens. 00:00 is the end of the day.",
        "Der Standort muss nach dem Öffnen schließen. 00:00 ist das Ende des Tages."))
    { Field = field };

    private static Refusal? Line(string field, string? typed, int max, Words missing) => TypedText.Line(typed) switch
    {
        null => new($"{Snake(field)}_missing", missing) { Field = field },
        { } line when line.Length > max => new($"{Snake(field)}_too_long", new(
            $"Use at most {max} characters.", $"Höchstens {max} Zeichen sind möglich."))
        { Field = field },
        _ => null,
    };

    private static string Snake(string field) => field == "postCode" ? "post_code" : field;
}
