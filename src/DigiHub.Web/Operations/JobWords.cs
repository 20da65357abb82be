using System.Collections.Frozen;

namespace DigiHub.Web.Operations;

/// <summary>What the recurring jobs do. A test finds one of <see cref="Schedule"/> that has no words.</summary>
public static class JobWords
{
    private static readonly FrozenDictionary<string, Words> words = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["anonymise-notifications"] = new("Forget to whom e-mails went", "Vergessen, an wen E-Mails gingen"),
        ["ask-approvers"] = new("Write to those who approve bookings", "An die schreiben, die Buchungen genehmigen"),
        ["check-domains"] = new("Look for the records of organisations’ domains", "Einträge der Domains von Organisationen prüfen"),
        ["continue-imports"] = new("Go on with imports of bookings", "Importe von Buchungen fortsetzen"),
        ["count-unmet-wishes"] = new("Count what was looked for and not found", "Zählen, was gesucht und nicht gefunden wurde"),
        ["deliver-notifications"] = new("Send e-mails that are due", "Fällige E-Mails senden"),
        ["deliver-webhooks"] = new("Deliver webhooks", "Webhooks zustellen"),
        ["erase-people"] = new("Delete accounts whose time has come", "Konten löschen, deren Frist um ist"),
        ["finish-retirements"] = new("Take retired desks and rooms off the lists", "Stillgelegte Plätze und Räume aus den Listen nehmen"),
        ["forget-imports"] = new("Delete old imported files", "Alte Importdateien löschen"),
        ["forget-past"] = new("Make past bookings and registrations anonymous", "Vergangene Buchungen und Anmeldungen anonymisieren"),
        ["forget-webhooks"] = new("Delete old webhook deliveries", "Alte Webhook-Zustellungen löschen"),
        ["lapse-approvals"] = new("End bookings that nobody approved in time", "Nicht rechtzeitig genehmigte Buchungen beenden"),
        ["lapse-registrations"] = new("Pass on places that nobody confirmed", "Nicht bestätigte Plätze weitergeben"),
        ["lapse-membership-requests"] = new(
            "End unanswered requests to join organisations", "Unbeantwortete Anfragen an Organisationen beenden"),
        ["promote-from-waiting-list"] = new("Move people up from waiting lists", "Von Wartelisten nachrücken lassen"),
        ["purge-expired"] = new("Delete what has expired", "Abgelaufenes löschen"),
        ["read-inbound"] = new("Read e-mails that came back", "Zurückgekommene E-Mails lesen"),
        ["recompute-instants"] = new("Apply new rules of time zones", "Neue Zeitzonenregeln anwenden"),
        ["offer-free-space"] = new("Offer what is free to who waits for it", "Freies denen anbieten, die darauf warten"),
        ["lapse-proposals"] = new("End swaps and hand-overs that nobody answered", "Unbeantwortete Tausch- und Übergabefragen beenden"),
        ["release-no-shows"] = new("Release bookings that nobody checked in to", "Buchungen freigeben, zu denen niemand eingecheckt hat"),
        ["tell-guests"] = new("Invite guests and tell them of changes", "Gäste einladen und über Änderungen informieren"),
        ["tidy-inbound"] = new("Tidy the mailbox that is read", "Das gelesene Postfach aufräumen"),
        ["tidy-pickup"] = new("Tidy the folder of e-mails", "Den Ordner der E-Mails aufräumen"),
        ["watch-notifications"] = new("Watch over e-mails and backups", "E-Mails und Sicherungen überwachen"),
        ["write-digests"] = new("Write the e-mail of the day", "Die Tagesübersicht schreiben"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Words Of(string name) => Known(name) ?? new Words(name, name);

    public static Words? Known(string name) => words.GetValueOrDefault(name);
}
