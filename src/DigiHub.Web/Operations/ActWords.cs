using System.Collections.Frozen;
using DigiHub.Activity;

namespace DigiHub.Web.Operations;

/// <summary>What was done, in words: the kind of thing and the verb. A test finds an act that has none.</summary>
public static class ActWords
{
    private static readonly FrozenDictionary<string, Words> kinds = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["access_token"] = new("Token", "Token"),
        ["address_change"] = new("Change of address", "Adressänderung"),
        ["booking_series"] = new("Series", "Serie"),
        ["booking"] = new("Booking", "Buchung"),
        ["closure"] = new("Closed days", "Schließtage"),
        ["demo"] = new("Demo", "Demo"),
        ["email"] = new("E-mail", "E-Mail"),
        ["erasure"] = new("Deletion of an account", "Löschung eines Kontos"),
        ["event"] = new("Event", "Veranstaltung"),
        ["floor_plan"] = new("Floor plan", "Etagenplan"),
        ["hub"] = new("Hub", "Hub"),
        ["import"] = new("Import", "Import"),
        ["invitation"] = new("Invitation", "Einladung"),
        ["join_request"] = new("Request to join", "Beitrittsanfrage"),
        ["member"] = new("Member", "Mitglied"),
        ["membership"] = new("Membership", "Zugehörigkeit"),
        ["organisation_domain"] = new("Domain of an organisation", "Domain einer Organisation"),
        ["membership_request"] = new("Request to an organisation", "Anfrage an eine Organisation"),
        ["organisation"] = new("Organisation", "Organisation"),
        ["pool"] = new("Pool", "Pool"),
        ["registration"] = new("Registration", "Anmeldung"),
        ["relay"] = new("Mail server", "Mailserver"),
        ["reminder_template"] = new("Reminder template", "Erinnerungsvorlage"),
        ["rule_set"] = new("Rules for booking", "Buchungsregeln"),
        ["sign_in_link"] = new("Sign-in link", "Anmeldelink"),
        ["site"] = new("Site", "Standort"),
        ["space"] = new("Desk or room", "Platz oder Raum"),
        ["space_closure"] = new("Out of service", "Außer Betrieb"),
        ["suppression"] = new("Blocked address", "Gesperrte Adresse"),
        ["webhook"] = new("Webhook", "Webhook"),
        ["webhook_delivery"] = new("Webhook delivery", "Webhook-Zustellung"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Words> verbs = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["accepted"] = new("accepted", "angenommen"),
        ["added"] = new("added", "hinzugefügt"),
        ["address_change_requested"] = new("asked for another address", "andere Adresse beantragt"),
        ["address_changed"] = new("address changed", "Adresse geändert"),
        ["address_confirmed"] = new("address confirmed", "Adresse bestätigt"),
        ["address_suspended"] = new("address blocked", "Adresse gesperrt"),
        ["applied"] = new("written", "geschrieben"),
        ["asked"] = new("asked for", "beantragt"),
        ["asked_again"] = new("asked for again", "neu erbeten"),
        ["activity_read"] = new("activity read", "Protokoll gelesen"),
        ["begun"] = new("begun", "begonnen"),
        ["bounced"] = new("came back", "zurückgekommen"),
        ["brought_back"] = new("brought back", "zurückgeholt"),
        ["calendar_alarm_changed"] = new("calendar alarm changed", "Kalenderalarm geändert"),
        ["cancelled"] = new("cancelled", "storniert"),
        ["changed"] = new("changed", "geändert"),
        ["check_in_undone"] = new("check-in undone", "Einchecken zurückgenommen"),
        ["checked_in"] = new("checked in", "eingecheckt"),
        ["complained"] = new("complained of", "beanstandet"),
        ["confirmed"] = new("confirmed", "bestätigt"),
        ["created"] = new("created", "angelegt"),
        ["deleted"] = new("deleted", "gelöscht"),
        ["disabled"] = new("disabled", "gesperrt"),
        ["done"] = new("done", "ausgeführt"),
        ["draft_edited"] = new("draft changed", "Entwurf geändert"),
        ["drafted"] = new("drafted", "entworfen"),
        ["duplicated"] = new("copied", "kopiert"),
        ["edited"] = new("changed", "geändert"),
        ["enabled"] = new("enabled", "entsperrt"),
        ["ended"] = new("ended", "beendet"),
        ["entered"] = new("entered afterwards", "nachgetragen"),
        ["exported"] = new("data exported", "Daten exportiert"),
        ["failed"] = new("given up", "aufgegeben"),
        ["handed_over"] = new("handed over", "übergeben"),
        ["hours_changed"] = new("hours changed", "Öffnungszeiten geändert"),
        ["lapsed"] = new("lapsed", "verfallen"),
        ["lifted"] = new("lifted", "aufgehoben"),
        ["logo_changed"] = new("logo changed", "Logo geändert"),
        ["lost_space"] = new("lost its room", "Raum verloren"),
        ["moved"] = new("moved", "verschoben"),
        ["opened"] = new("opened", "eröffnet"),
        ["parts_changed"] = new("parts changed", "Teile geändert"),
        ["password_changed"] = new("password changed", "Passwort geändert"),
        ["pinged"] = new("tried", "ausprobiert"),
        ["promoted"] = new("moved up", "nachgerückt"),
        ["published"] = new("published", "veröffentlicht"),
        ["read"] = new("read", "gelesen"),
        ["overlapped"] = new("booked by other clock rules", "nach anderen Uhrregeln gebucht"),
        ["recomputed"] = new("recomputed after a change of clock rules", "nach neuen Uhrregeln berechnet"),
        ["redelivered"] = new("delivered again", "erneut zugestellt"),
        ["reinstated"] = new("reinstated", "wiederhergestellt"),
        ["released"] = new("e-mails released", "E-Mails freigegeben"),
        ["reminders_changed"] = new("reminders changed", "Erinnerungen geändert"),
        ["reminders_resumed"] = new("reminders resumed", "Erinnerungen wieder bestellt"),
        ["reminders_stopped"] = new("reminders stopped", "Erinnerungen abbestellt"),
        ["removed"] = new("removed", "entfernt"),
        ["renewed"] = new("renewed", "erneuert"),
        ["restored"] = new("restored from a backup", "aus einer Sicherung wiederhergestellt"),
        ["resumed"] = new("resumed", "wieder gestartet"),
        ["retired"] = new("retired", "stillgelegt"),
        ["retried"] = new("tried again", "erneut versucht"),
        ["revoked"] = new("revoked", "widerrufen"),
        ["role_changed"] = new("role changed", "Rolle geändert"),
        ["roles_granted"] = new("roles given", "Rollen gegeben"),
        ["roles_revoked"] = new("roles taken away", "Rollen entzogen"),
        ["secret_changed"] = new("secret changed", "Geheimnis geändert"),
        ["seeded"] = new("filled", "gefüllt"),
        ["sent"] = new("sent", "gesendet"),
        ["sent_now"] = new("sent at once", "sofort gesendet"),
        ["sessions_ended"] = new("signed out everywhere", "überall abgemeldet"),
        ["settings_changed"] = new("settings changed", "Einstellungen geändert"),
        ["sign_in_link_created"] = new("sign-in link made", "Anmeldelink erstellt"),
        ["signed_in_by_link"] = new("signed in by link", "per Link angemeldet"),
        ["special_hours_removed"] = new("special hours removed", "besondere Zeiten entfernt"),
        ["special_hours_set"] = new("special hours set", "besondere Zeiten gesetzt"),
        ["split"] = new("split", "geteilt"),
        ["stopped"] = new("stopped", "angehalten"),
        ["taken_back"] = new("taken back", "zurückgenommen"),
        ["undone"] = new("undone", "rückgängig gemacht"),
        ["verified"] = new("verified", "nachgewiesen"),
        ["withdrawn"] = new("withdrawn", "zurückgezogen"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All kinds, by name.</summary>
    public static IEnumerable<(string Name, Words Words)> Kinds => kinds.Select(kind => (kind.Key, kind.Value));

    /// <param name="act">"booking.moved".</param>
    public static Words Of(string act) => Known(act) ?? new Words(act, act);

    /// <summary>Null for an act that has no words.</summary>
    public static Words? Known(string act) => act.Split('.') is [var kind, var verb]
        && kinds.GetValueOrDefault(kind) is { } thing && verbs.GetValueOrDefault(verb) is { } done
            ? new($"{thing.English}: {done.English}", $"{thing.German}: {done.German}") : null;
}
