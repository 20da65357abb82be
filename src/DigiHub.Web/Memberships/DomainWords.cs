using System.Globalization;
using DigiHub.Memberships;

namespace DigiHub.Web.Memberships;

/// <summary>Domains of organisations and requests to join them in words.</summary>
internal static class DomainWords
{
    private static readonly IdnMapping hosts = new();

    /// <summary>In its own script, for people.</summary>
    public static string Shown(string domain) => hosts.GetUnicode(domain);

    /// <summary>What was found, as the next page says it.</summary>
    public static string Did(DomainFinding finding) => finding switch
    {
        DomainFinding.Found => "domain-found",
        DomainFinding.Missing => "domain-missing",
        _ => "domain-no-answer",
    };

    /// <summary>Null for anything else.</summary>
    public static Words? Of(string? did) => did switch
    {
        "domain-added" => new("Added. Next, set its record and press Check now.",
            "Hinzugefügt. Setzen Sie nun den Eintrag und drücken Sie „Jetzt prüfen“.",
            "Hinzugefügt. Setz nun den Eintrag und drück „Jetzt prüfen“."),
        "domain-found" => new("The record is there: the domain is verified.", "Der Eintrag ist da, die Domain ist nachgewiesen."),
        "domain-missing" => new(
            "The record is not there yet. New records can take an hour to be seen everywhere.",
            "Der Eintrag ist noch nicht da. Bis neue Einträge überall zu sehen sind, kann es eine Stunde dauern."),
        "domain-no-answer" => new("The domain’s name servers don’t answer. Try again later.",
            "Die Nameserver der Domain antworten nicht. Versuchen Sie es später noch einmal.",
            "Die Nameserver der Domain antworten nicht. Versuch es später noch einmal."),
        "domain-removed" => new("Removed.", "Entfernt."),
        "request-accepted" => new("Let in. The person gets an e-mail.", "Aufgenommen. Die Person erhält eine E-Mail."),
        "request-declined" => new("Declined. The person gets an e-mail.", "Abgelehnt. Die Person erhält eine E-Mail."),
        _ => null,
    };
}
