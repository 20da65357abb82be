using DigiHub.Sites;

namespace DigiHub.Setup;

/// <summary>What a site must be.</summary>
internal static class SiteRules
{
    public const int SitesMax = 50;
    public const int PostCodeMax = 10;

    public static Refusal NameTaken(string name) => new("site_name_taken", new(
        $"There is already a site called {name}. Choose another name.",
        $"Einen Standort namens {name} gibt es schon. Wählen Sie einen anderen Namen."))
    { Field = "name" };

    public static Refusal TooMany { get; } = new("too_many_sites", new(
        $"A hub has at most {SitesMax} sites.", $"Ein Hub hat höchstens {SitesMax} Standorte."));

    /// <summary>Everything that is wrong with it, in one refusal; null if nothing is.</summary>
    public static Refusal? WhyNot(SiteDraft draft) => Refusal.AllOf([.. Wrong(draft)]);

    private static IEnumerable<Refusal> Wrong(SiteDraft draft)
    {
        Refusal?[] lines =
        [
            Line("name", draft.Name, Site.NameMax, new("Enter the site’s name.", "Geben Sie den Namen des Standorts ein.")),
            Line("street", draft.Street, Site.NameMax, new("Enter street and number.", "Geben Sie Straße und Hausnummer ein.")),
            Line("postCode", draft.PostCode, PostCodeMax, new("Enter the postcode.", "Geben Sie die Postleitzahl ein.")),
            Line("city", draft.City, Site.NameMax, new("Enter the city.", "Geben Sie den Ort ein.")),
        ];
        foreach (var wrong in lines.OfType<Refusal>())
            yield return wrong;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(draft.ZoneId) is null)
            yield return new("zone_unknown", new(
                "Use the ID of a time zone of the IANA list.", "Nehmen Sie die Kennung einer Zeitzone aus der Liste der IANA."))
            { Field = "zone" };
        if (draft.Week.Count == 0)
            yield return new("hours_missing", new(
                "Give the hours of at least one day. On all others the site is closed.",
                "Geben Sie die Zeiten wenigstens eines Tages an. An allen anderen ist der Standort geschlossen."))
            { Field = "opens1" };
        foreach (var hours in draft.Week.Where(hours => hours.Closes != LocalTime.Midnight && hours.Closes <= hours.Opens))
            yield return new("closes_before_opening", new(
                "The site must close after it opens. 00:00 is the end of the day.",
                "Der Standort muss nach dem Öffnen schließen. 00:00 ist das Ende des Tages."))
            { Field = $"closes{(int)hours.Day}" };
    }

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
