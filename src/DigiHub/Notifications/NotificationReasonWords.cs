using System.Collections.Frozen;
using System.Text.Json;

namespace DigiHub.Notifications;

/// <summary>The reasons in words, and what administrators can do about them.</summary>
public static class NotificationReasonWords
{
    private static readonly FrozenDictionary<string, NotificationReason> byName =
        Enum.GetValues<NotificationReason>().ToFrozenDictionary(reason => reason.Name, StringComparer.Ordinal);

    /// <summary>By the names by which they are asked for.</summary>
    public static IReadOnlyDictionary<string, NotificationReason> ByName => byName;

    extension(NotificationReason reason)
    {
        /// <summary>As it stands in addresses and for programs: "gave_up".</summary>
        public string Name => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

        public Words Words => reason switch
        {
            NotificationReason.Late => new("too late to send", "zu spät zum Senden"),
            NotificationReason.Unknown =>
                new("connection lost, so it may or may not have arrived", "Verbindung abgebrochen, Ankunft ungewiss"),
            NotificationReason.GaveUp => new("gave up after many attempts", "nach vielen Versuchen aufgegeben"),
            NotificationReason.Unwritable => new("DigiHub couldn’t create this e-mail", "DigiHub konnte diese E-Mail nicht erstellen"),
            NotificationReason.Refused => new("permanently rejected by the mail server", "vom Mailserver endgültig abgelehnt"),
            NotificationReason.Bounced => new("bounced", "zurückgekommen"),
            NotificationReason.Suppressed => new("address blocked", "Adresse gesperrt"),
            NotificationReason.ToldByDigest => new("included in the daily overview", "in der Tagesübersicht enthalten"),
            NotificationReason.NothingThatDay => new("nothing left on that day", "an dem Tag stand nichts mehr an"),
            NotificationReason.Unwanted => new("recipient doesn’t want it", "nicht gewünscht"),
            NotificationReason.Cancelled => new("booking or registration cancelled", "Buchung oder Anmeldung storniert"),
            NotificationReason.EventCancelled => new("event cancelled", "Veranstaltung abgesagt"),
            NotificationReason.Unregistered => new("registration cancelled", "Anmeldung storniert"),
            NotificationReason.Moved => new("time or place changed", "Zeit oder Ort geändert"),
            NotificationReason.ZoneChanged => new("time zone rules changed", "Regeln der Zeitzone geändert"),
            NotificationReason.Changed => new("changed in the meantime", "inzwischen geändert"),
            NotificationReason.RuleRemoved => new("reminder removed", "Erinnerung entfernt"),
            NotificationReason.Superseded => new("replaced by a newer e-mail", "durch eine neuere E-Mail ersetzt"),
            NotificationReason.Confirmed => new("registration confirmed in the meantime", "Anmeldung inzwischen bestätigt"),
            NotificationReason.NotConfirmed => new("registration not confirmed", "Anmeldung nicht bestätigt"),
            NotificationReason.Promoted => new("a seat became free in the meantime", "inzwischen wurde ein Platz frei"),
            NotificationReason.Waiting => new("now on the waiting list", "inzwischen auf der Warteliste"),
            NotificationReason.Reinstated => new("cancellation undone", "Stornierung rückgängig gemacht"),
            NotificationReason.Undone => new("change undone", "Änderung rückgängig gemacht"),
            NotificationReason.Unchanged => new("back to the previous details", "wieder auf dem bisherigen Stand"),
            NotificationReason.Over => new("already over", "schon vorbei"),
            NotificationReason.Past => new("already started or over", "schon begonnen oder vorbei"),
            NotificationReason.Gone => new("no longer relevant", "nicht mehr aktuell"),
            NotificationReason.NotRegistered => new("no longer registered", "nicht mehr angemeldet"),
            NotificationReason.NotCancelled => new("not cancelled after all", "doch nicht abgesagt"),
            NotificationReason.WithdrawnByHand => new("withdrawn by an administrator", "von der Verwaltung zurückgezogen"),
            NotificationReason.AddressCorrected => new("address corrected in the meantime", "Adresse inzwischen korrigiert"),
            NotificationReason.Retried => new("retried by an administrator", "von der Verwaltung erneut eingeplant"),
            NotificationReason.HandedOver => new("booking handed over", "Buchung übergeben"),
            NotificationReason.CheckedIn => new("checked in already", "schon eingecheckt"),
            NotificationReason.Restored => new(
                "due before the hub was restored from a backup, so most likely sent already",
                "fällig, bevor der Hub aus einem Backup wiederhergestellt wurde, also wohl schon gesendet"),
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words."),
        };

        /// <summary>What to do about notifications that did not arrive for this reason; null where there is nothing to be done.</summary>
        public Words? Advice => reason switch
        {
            NotificationReason.Refused => new(
                "The mail server rejects e-mails to this address. "
                    + "Correct it in the registration or the member’s account. New e-mails will then arrive.",
                "Der Mailserver lehnt E-Mails an diese Adresse ab. "
                    + "Korrigieren Sie sie bei der Anmeldung oder beim Mitglied. Neue E-Mails kommen dann an.",
                "Der Mailserver lehnt E-Mails an diese Adresse ab. Korrigiere sie bei der Anmeldung oder beim Mitglied. Neue E-Mails "
                    + "kommen dann an."),
            NotificationReason.Unwritable => new(
                "This is a bug in DigiHub. The log names the e-mail. Report it, and retry once it’s fixed.",
                "Das ist ein Fehler in DigiHub. Das Protokoll nennt die E-Mail. "
                    + "Melden Sie ihn und versuchen Sie es erneut, sobald er behoben ist.",
                "Das ist ein Fehler in DigiHub. Das Protokoll nennt die E-Mail. Melde ihn und versuch es erneut, sobald er behoben ist."),
            NotificationReason.Bounced => new(
                "This e-mail bounced. Correct the address in the registration or the member’s account. New e-mails will then arrive.",
                "Diese E-Mail kam zurück. Korrigieren Sie die Adresse bei der Anmeldung oder beim Mitglied. Neue E-Mails kommen dann an.",
                "Diese E-Mail kam zurück. Korrigiere die Adresse bei der Anmeldung oder beim Mitglied. Neue E-Mails kommen dann an."),
            NotificationReason.GaveUp => new(
                "The mail server asked to try later too often. Its reply says why. Retry once it accepts e-mails again.",
                "Der Mailserver hat zu oft auf später verwiesen. Seine Antwort nennt den Grund. "
                    + "Versuchen Sie es erneut, sobald er wieder E-Mails annimmt.",
                "Der Mailserver hat zu oft auf später verwiesen. Seine Antwort nennt den Grund. Versuch es erneut, sobald er wieder "
                    + "E-Mails annimmt."),
            NotificationReason.Unknown => new(
                "It may have arrived. Ask the recipient before you send it again.",
                "Vielleicht ist sie angekommen. Fragen Sie nach, bevor Sie sie noch einmal senden.",
                "Vielleicht ist sie angekommen. Frag nach, bevor du sie noch einmal sendest."),
            NotificationReason.Suppressed => new(
                "Check why the address is blocked. Unblock it only if the reason no longer applies.",
                "Prüfen Sie, warum die Adresse gesperrt ist. Heben Sie die Sperre nur auf, wenn der Grund weggefallen ist.",
                "Prüf, warum die Adresse gesperrt ist. Heb die Sperre nur auf, wenn der Grund weggefallen ist."),
            _ => null,
        };
    }

    extension(Notification notification)
    {
        /// <summary>Why it is in its state; null where there is nothing to explain.</summary>
        public Words? Why => notification.Reason?.Words;

        /// <summary>The same, with the words of the server that sent it back.</summary>
        public Words? WhyInFull => notification is { State: NotificationState.Bounced, SmtpReply: { } said, Why: { } why }
            ? new($"{why.English}: {said}", $"{why.German}: {said}")
            : notification.Why;

        /// <summary>What an administrator can do now; null where nothing needs to be done.</summary>
        public Words? Advice =>
            notification.State is NotificationState.Bounced or NotificationState.Failed or NotificationState.Skipped
                ? notification.Reason?.Advice
                : null;
    }
}
