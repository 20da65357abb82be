using System.Collections.Frozen;

namespace DigiHub.Notifications;

/// <summary>Why a notification is in its state, and what whoever looks after the notifications can do about it.</summary>
public static class NotificationReasonWords
{
    /// <summary>Every reason that the hub itself gives, as it stands in the row, with its words.</summary>
    public static FrozenDictionary<string, Words> All { get; } = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["late"] = new("too late to send", "zu spät zum Senden"),
        ["unknown"] = new("connection lost, so it may or may not have arrived", "Verbindung abgebrochen, Ankunft ungewiss"),
        ["gave_up"] = new("gave up after many attempts", "nach vielen Versuchen aufgegeben"),
        ["unwritable"] = new("DigiHub couldn’t create this e-mail", "DigiHub konnte diese E-Mail nicht erstellen"),
        ["refused"] = new("permanently rejected by the mail server", "vom Mailserver endgültig abgelehnt"),
        [AnonymiseNotifications.CameBack] = new("bounced", "zurückgekommen"),
        ["suppressed"] = new("address blocked", "Adresse gesperrt"),
        ["told by the digest"] = new("included in the daily overview", "in der Tagesübersicht enthalten"),
        ["nothing on that day"] = new("nothing left on that day", "an dem Tag stand nichts mehr an"),
        ["unwanted"] = new("recipient doesn’t want it", "nicht gewünscht"),
        ["cancelled"] = new("booking or registration cancelled", "Buchung oder Anmeldung storniert"),
        ["event cancelled"] = new("event cancelled", "Veranstaltung abgesagt"),
        ["unregistered"] = new("registration cancelled", "Anmeldung storniert"),
        ["moved"] = new("time or place changed", "Zeit oder Ort geändert"),
        ["zone changed"] = new("time zone rules changed", "Regeln der Zeitzone geändert"),
        ["changed"] = new("changed in the meantime", "inzwischen geändert"),
        ["rule removed"] = new("reminder removed", "Erinnerung entfernt"),
        ["superseded"] = new("replaced by a newer e-mail", "durch eine neuere E-Mail ersetzt"),
        ["confirmed"] = new("registration confirmed in the meantime", "Anmeldung inzwischen bestätigt"),
        ["not confirmed"] = new("registration not confirmed", "Anmeldung nicht bestätigt"),
        ["promoted"] = new("a seat became free in the meantime", "inzwischen wurde ein Platz frei"),
        ["waiting"] = new("now on the waiting list", "inzwischen auf der Warteliste"),
        ["reinstated"] = new("cancellation undone", "Stornierung rückgängig gemacht"),
        ["undone"] = new("change undone", "Änderung rückgängig gemacht"),
        ["unchanged"] = new("back to the previous details", "wieder auf dem bisherigen Stand"),
        ["over"] = new("already over", "schon vorbei"),
        ["past"] = new("already started or over", "schon begonnen oder vorbei"),
        ["gone"] = new("no longer relevant", "nicht mehr aktuell"),
        ["not registered"] = new("no longer registered", "nicht mehr angemeldet"),
        ["not cancelled"] = new("not cancelled after all", "doch nicht abgesagt"),
        [CancelNotification.Reason] = new("withdrawn by an administrator", "von der Verwaltung zurückgezogen"),
        ["address corrected"] = new("address corrected in the meantime", "Adresse inzwischen korrigiert"),
        ["requeued"] = new("retried by an administrator", "von der Verwaltung erneut eingeplant"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is no reason of the hub's own (a server's words) is told as it stands.</summary>
    public static Words Of(string reason) => All.TryGetValue(reason, out var words) ? words : new(reason, reason);

    /// <summary>What to do about notifications that did not arrive for this reason; null where there is nothing to be done.</summary>
    public static Words? Advice(string? reason) => reason switch
    {
        "refused" => new(
            "The mail server rejects e-mails to this address. Correct it in the registration or the member’s account. New e-mails will then arrive.",
            "Der Mailserver lehnt E-Mails an diese Adresse ab. Korrigieren Sie sie bei der Anmeldung oder beim Mitglied. Neue E-Mails kommen dann an."),
        "unwritable" => new(
            "This is a bug in DigiHub. The log names the e-mail. Report it, and retry once it’s fixed.",
            "Das ist ein Fehler in DigiHub. Das Protokoll nennt die E-Mail. Melden Sie ihn und versuchen Sie es erneut, sobald er behoben ist."),
        AnonymiseNotifications.CameBack => CameBack,
        "gave_up" => new(
            "The mail server asked to try later too often. Its reply says why. Retry once it accepts e-mails again.",
            "Der Mailserver hat zu oft auf später verwiesen. Seine Antwort nennt den Grund. Versuchen Sie es erneut, sobald er wieder E-Mails annimmt."),
        "unknown" => new(
            "It may have arrived. Ask the recipient before you send it again.",
            "Vielleicht ist sie angekommen. Fragen Sie nach, bevor Sie sie noch einmal senden."),
        "suppressed" => new(
            "Check why the address is blocked. Unblock it only if the reason no longer applies.",
            "Prüfen Sie, warum die Adresse gesperrt ist. Heben Sie die Sperre nur auf, wenn der Grund weggefallen ist."),
        _ => null,
    };

    private static Words CameBack { get; } = new(
        "This e-mail bounced. Correct the address in the registration or the member’s account. New e-mails will then arrive.",
        "Diese E-Mail kam zurück. Korrigieren Sie die Adresse bei der Anmeldung oder beim Mitglied. Neue E-Mails kommen dann an.");

    extension(Notification notification)
    {
        /// <summary>Why it is in its state; null where there is nothing to explain.</summary>
        public Words? Why => notification.Reason is { } reason ? Of(reason) : null;

        /// <summary>What an administrator can do now; null where nothing needs to be done.</summary>
        public Words? Advice => notification.State switch
        {
            NotificationState.Bounced => CameBack,
            NotificationState.Failed or NotificationState.Skipped => Advice(notification.Reason),
            _ => null,
        };
    }
}
