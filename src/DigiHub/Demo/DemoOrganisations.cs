using DigiHub.Organisations;
using DigiHub.Text;

namespace DigiHub.Demo;

/// <summary>Forty made-up organisations: 16 start-ups, 8 companies, 9 of the Mittelstand, 7 of research. Ids follow the order.</summary>
internal static class DemoOrganisations
{
    private static readonly string[] startUps =
    [
        "Ledgerlicht", "Spreetakt", "Kontowerk Nord", "Funkspatz", "Sensorkiez", "Zahlfuchs", "Tokenlaube", "Gatewaygarten",
        "Messmops", "Brückengeld", "Datenkahn", "Pegelstand", "Kiezsignal", "Nachtbusdaten", "Oderfunk", "Taktgeberei",
    ];

    private static readonly string[] companies =
    [
        "Nordring Versicherung", "Havelufer Bank", "Ostkante Energie", "Westkante Netze", "Stadtbogen Mobilität",
        "Märkischer Frachtverbund", "Spreeknie Telefon", "Ringufer Handel",
    ];

    private static readonly string[] mittelstand =
    [
        "Feinmechanik Spandau", "Pumpenbau Tegelort", "Messtechnik Müggelheim", "Druckluft Marienfelde", "Kabelbau Rummelsburg",
        "Backofenbau Weißensee", "Aufzugsbau Reinickendorf", "Gießerei Lichtenrade", "Klimatechnik Pankow",
    ];

    private static readonly string[] research =
    [
        "Institut für Verteilte Register", "Zentrum Vernetzte Dinge", "Labor Zahlungsverkehr", "Forschungsstelle Stadtfunk",
        "Institut für Sensorik", "Kolleg Digitale Märkte", "Werkstatt Offene Hardware",
    ];

    public static IReadOnlyList<Organisation> All { get; } =
    [
        .. new[]
        {
            (OrganisationKind.StartUp, startUps), (OrganisationKind.Company, companies),
            (OrganisationKind.Mittelstand, mittelstand), (OrganisationKind.Research, research),
        }
        .SelectMany(group => group.Item2.Select(name => (Kind: group.Item1, Name: name)))
        .Select((organisation, i) => new Organisation
        {
            Id = i + 1,
            Slug = UrlName.Of(organisation.Name, Organisation.SlugMax, ifNothing: "organisation"),
            Name = organisation.Name,
            Kind = organisation.Kind,
        }),
    ];
}
