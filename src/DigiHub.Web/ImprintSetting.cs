namespace DigiHub.Web;

/// <summary>The lines of the imprint, in the order of their form; those that are needed first.</summary>
public static class ImprintSetting
{
    public static IReadOnlyList<BrowserSetting> All { get; } =
    [
        Line(nameof(ImprintSettings.Operator), new("Operator", "Betreiber"),
            new("Name and legal form, such as “Muster Hub gGmbH”.", "Name und Rechtsform, etwa „Muster Hub gGmbH“."), isNeeded: true),
        Line(nameof(ImprintSettings.Address), new("Address", "Anschrift"),
            new("Street, postcode and city, separated by commas.", "Straße, Postleitzahl und Ort, durch Kommas getrennt."), isNeeded: true),
        Line(nameof(ImprintSettings.Email), new("E-mail address", "E-Mail-Adresse"), isNeeded: true),
        Line(nameof(ImprintSettings.Phone), new("Telephone", "Telefon")),
        Line(nameof(ImprintSettings.RepresentedBy), new("Represented by", "Vertreten durch"),
            new("Who may sign for the operator.", "Wer für den Betreiber zeichnen darf.")),
        Line(nameof(ImprintSettings.Register), new("Entry in the register", "Registereintrag"),
            new("Court and number.", "Gericht und Nummer.")),
        Line(nameof(ImprintSettings.VatId), new("VAT identification number", "Umsatzsteuer-Identifikationsnummer")),
        Line(nameof(ImprintSettings.Responsible),
            new("Responsible for the content (§ 18 (2) MStV)", "Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)")),
        Line(nameof(ImprintSettings.PrivacyEmail),
            new("Data protection officer’s e-mail address", "E-Mail-Adresse der datenschutzbeauftragten Person")),
        Line(nameof(ImprintSettings.PrivacyAuthority), new("Data protection authority", "Datenschutzbehörde"),
            new("To which people may complain.", "Bei der man sich beschweren kann.")),
    ];

    private static BrowserSetting Line(string name, Words label, Words? hint = null, bool isNeeded = false) =>
        new($"{nameof(HubSettings.Imprint)}:{name}", label, hint, isNeeded);
}
