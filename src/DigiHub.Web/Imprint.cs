using DigiHub.Spaces;
using Microsoft.Extensions.Options;

namespace DigiHub.Web;

/// <summary>
/// Who runs the hub, as it is in force: what the settings (command line, environment, file) say, and where they are silent, what an
/// administrator entered in the browser.
/// </summary>
public sealed class Imprint(Catalogue catalogue, IOptions<HubSettings> options)
{
    private volatile Known? known;

    private sealed record Known(HubDirectory Map, ImprintSettings Imprint);

    /// <summary>At most half a second old.</summary>
    public async ValueTask<ImprintSettings> Get(CancellationToken stop = default)
    {
        var map = await catalogue.Map(stop);
        if (known is { } then && ReferenceEquals(then.Map, map))
            return then.Imprint;
        var imprint = ImprintField.Overlay(options.Value.Imprint, map.Settings);
        known = new Known(map, imprint);
        return imprint;
    }
}

/// <summary>One line of the imprint: its key among the settings, and how it is read.</summary>
/// <param name="Name">As in <see cref="ImprintSettings"/>.</param>
/// <param name="IsAddress">An e-mail address.</param>
/// <param name="IsNeeded">Without it the imprint is incomplete.</param>
public sealed record ImprintField(
    string Name, Func<ImprintSettings, string> Of, int LengthMax, Words Label,
    Words? Hint = null, bool IsAddress = false, bool IsNeeded = false)
{
    public string Key => $"{nameof(Imprint)}:{Name}";

    /// <summary>In the order of the form; those that are needed first.</summary>
    public static IReadOnlyList<ImprintField> All { get; } =
    [
        new(nameof(ImprintSettings.Operator), one => one.Operator, 200, new("Operator", "Betreiber"),
            new("Name and legal form, such as “Muster Hub gGmbH”.", "Name und Rechtsform, etwa „Muster Hub gGmbH“."), IsNeeded: true),
        new(nameof(ImprintSettings.Address), one => one.Address, 300, new("Address", "Anschrift"),
            new("Street, postcode and city, separated by commas.", "Straße, Postleitzahl und Ort, durch Kommas getrennt."), IsNeeded: true),
        new(nameof(ImprintSettings.Email), one => one.Email, EmailAddress.LengthMax, new("E-mail address", "E-Mail-Adresse"),
            IsAddress: true, IsNeeded: true),
        new(nameof(ImprintSettings.Phone), one => one.Phone, 60, new("Telephone", "Telefon")),
        new(nameof(ImprintSettings.RepresentedBy), one => one.RepresentedBy, 200, new("Represented by", "Vertreten durch"),
            new("Who may sign for the operator.", "Wer für den Betreiber zeichnen darf.")),
        new(nameof(ImprintSettings.Register), one => one.Register, 200, new("Entry in the register", "Registereintrag"),
            new("Court and number.", "Gericht und Nummer.")),
        new(nameof(ImprintSettings.VatId), one => one.VatId, 40, new("VAT identification number", "Umsatzsteuer-Identifikationsnummer")),
        new(nameof(ImprintSettings.Responsible), one => one.Responsible, 200,
            new("Responsible for the content (§ 18 (2) MStV)", "Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)")),
        new(nameof(ImprintSettings.PrivacyEmail), one => one.PrivacyEmail, EmailAddress.LengthMax,
            new("Data protection officer’s e-mail address", "E-Mail-Adresse der datenschutzbeauftragten Person"), IsAddress: true),
        new(nameof(ImprintSettings.PrivacyAuthority), one => one.PrivacyAuthority, 200,
            new("Data protection authority", "Datenschutzbehörde"),
            new("To which people may complain.", "Bei der man sich beschweren kann.")),
    ];

    /// <param name="given">By the settings; comes first.</param>
    /// <param name="stored">In the browser, by key.</param>
    public static ImprintSettings Overlay(ImprintSettings given, IReadOnlyDictionary<string, string> stored)
    {
        var values = All.ToDictionary(
            field => field.Name, field => field.Of(given) is { Length: > 0 } set ? set : stored.GetValueOrDefault(field.Key, ""));
        return new()
        {
            Operator = values[nameof(ImprintSettings.Operator)],
            Address = values[nameof(ImprintSettings.Address)],
            Email = values[nameof(ImprintSettings.Email)],
            Phone = values[nameof(ImprintSettings.Phone)],
            RepresentedBy = values[nameof(ImprintSettings.RepresentedBy)],
            Register = values[nameof(ImprintSettings.Register)],
            VatId = values[nameof(ImprintSettings.VatId)],
            Responsible = values[nameof(ImprintSettings.Responsible)],
            PrivacyEmail = values[nameof(ImprintSettings.PrivacyEmail)],
            PrivacyAuthority = values[nameof(ImprintSettings.PrivacyAuthority)],
        };
    }

    /// <summary>Checked as the settings' own is: null if the value may be stored.</summary>
    /// <param name="value">One line; empty takes it back.</param>
    public Refusal? WhyNot(string value)
    {
        if (value.Length > LengthMax)
            return new Refusal("setting_too_long", new(
                $"Use at most {LengthMax} characters.", $"Höchstens {LengthMax} Zeichen sind möglich."))
            { Field = Name };
        if (IsAddress && value.Length > 0 && EmailAddress.OfTheHub(value) is null)
            return new Refusal("email_invalid", new(
                "Enter an e-mail address such as info@hub.example.", "Geben Sie eine E-Mail-Adresse wie info@hub.example ein."))
            { Field = Name };
        return null;
    }
}
