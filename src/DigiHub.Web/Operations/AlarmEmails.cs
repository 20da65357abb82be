using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Operations;

/// <summary>Writes the alarm to administrators: what is wrong, what it means, what to do.</summary>
public sealed class AlarmEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == OperationsNotifications.Alarm;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var paused = new EmailSample(OperationsNotifications.Alarm, Member.Subject.Of(world.MemberId))
        {
            Note = new AlarmNote(AlarmCause.RelayPaused, 17, "535 5.7.8 Error: authentication failed").Written,
        };
        return
        [
            paused,
            Of(AlarmCause.NotificationsLate, new("When e-mails are late", "Wenn E-Mails überfällig sind")),
            Of(AlarmCause.FailedNotifications, new("When e-mails failed", "Wenn E-Mails nicht zustellbar waren")),
            Of(AlarmCause.InboundUnread, new("When the mailbox for returned e-mails can’t be read",
                "Wenn das Postfach für zurückkommende E-Mails nicht gelesen werden kann")),
            Of(AlarmCause.NoBackup, new("When there is no good backup", "Wenn ein gutes Backup fehlt")),
        ];

        EmailSample Of(AlarmCause cause, Words occasion) =>
            paused with
            {
                Reading = cause.ToString(),
                Occasion = occasion,
                Note = new AlarmNote(cause, cause == AlarmCause.NoBackup ? 49 * 60 : 17).Written,
            };
    }

    public Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (AlarmNote.Parse(notification.Note) is not { } note)
            return Task.FromResult<EmailDraft?>(null);
        // What to do about backups is done in a shell: there is no page to open.
        var facts = new AlarmFacts(note, note.Cause == AlarmCause.NoBackup ? null : links.To(Paths.Outbox), links.HubName);
        return Task.FromResult<EmailDraft?>(new EmailDraft(facts.Subject.In(notification.Language), typeof(AlarmEmail), facts));
    }
}

public sealed record AlarmFacts(AlarmNote Note, Uri? Outbox, string HubName)
{
    public Words Subject => new($"{HubName} alert: {Title.English}", $"Warnung von {HubName}: {Title.German}");

    public Words Title => Note.Cause switch
    {
        AlarmCause.NotificationsLate => new("e-mails are late", "E-Mails verspäten sich"),
        AlarmCause.RelayPaused => new("no e-mails are being sent", "E-Mails werden nicht gesendet"),
        AlarmCause.FailedNotifications when Note.Figure == 1 => new("1 e-mail wasn’t delivered", "1 E-Mail wurde nicht zugestellt"),
        AlarmCause.FailedNotifications => new($"{Note.Figure} e-mails weren’t delivered", $"{Note.Figure} E-Mails wurden nicht zugestellt"),
        AlarmCause.InboundUnread => new("returned e-mails can’t be read", "zurückgekommene E-Mails können nicht gelesen werden"),
        AlarmCause.NoBackup => new("there is no good backup", "ein gutes Backup fehlt"),
        _ => throw new ArgumentOutOfRangeException(nameof(Note), Note.Cause, "An alarm without words."),
    };

    public Words What => Note.Cause switch
    {
        AlarmCause.NotificationsLate => new(
            $"E-mails were up to {Minutes.English} late when this alert was written. The mail server reports no error.",
            $"Die am längsten wartende E-Mail hätte {Minutes.German} vor dieser Warnmeldung gesendet werden sollen. "
                + "Der Mailserver meldet keinen Fehler."),
        AlarmCause.RelayPaused => new(
            $"No e-mail had been sent for {Minutes.English} when this alert was written. None are lost. "
                + "They’ll be sent once the mail server works again, except those that are too late by then.",
            $"Seit {Minutes.German} war keine E-Mail gesendet worden, als diese Warnmeldung entstand. Keine geht verloren. "
                + "Sie werden gesendet, sobald der Mailserver wieder funktioniert, außer denen, die dann zu spät kämen.",
            $"Seit {Minutes.Familiar} war keine E-Mail gesendet worden, als diese Warnmeldung entstand. Keine geht verloren. Alle werden "
                + "gesendet, sobald der Mailserver wieder funktioniert, außer denen, die dann zu spät kämen."),
        AlarmCause.InboundUnread => new(
            $"The mailbox for returned e-mails hadn’t been read for {Minutes.English} when this alert was written. "
                + "E-mails are still being sent. Until this is fixed, bounced addresses and calendar replies go unnoticed.",
            $"Das Postfach für zurückkommende E-Mails war seit {Minutes.German} nicht gelesen worden, als diese Warnmeldung entstand. "
                + "E-Mails werden weiterhin gesendet. Bis das behoben ist, bleiben falsche Adressen und Absagen aus Kalendern unbemerkt."),
        AlarmCause.NoBackup => new(
            $"Nothing had been saved for {Minutes.English} when this alert was written, at least in no backup that was verified. "
                + "What is not saved is lost with the disk.",
            $"Seit {Minutes.German} war nichts gesichert worden, als diese Warnmeldung entstand, jedenfalls in keinem geprüften Backup. "
                + "Was nicht gesichert ist, geht mit der Festplatte verloren."),
        _ => new(
            "In the last day, e-mails were rejected by the mail server, failed too often or bounced, or it’s unknown whether they arrived.",
            "E-Mails des letzten Tages wurden vom Mailserver abgelehnt, "
                + "scheiterten zu oft oder kamen zurück, oder es ist unbekannt, ob sie ankamen."),
    };

    public Words ToDo => Note.Cause switch
    {
        AlarmCause.NotificationsLate => new(
            "Check the background jobs first: is the process that sends e-mails still running? After a very large mailing, "
                + "DigiHub’s own sending limit is the cause, and you only need to wait (DigiHub:Mail:PerMinute and PerMinuteAndDomain).",
            "Prüfen Sie zuerst die Hintergrundaufgaben: Läuft der Prozess, der E-Mails sendet? Nach sehr vielen E-Mails auf einmal bremst "
                + "DigiHub selbst. Dann müssen Sie nur warten (DigiHub:Mail:PerMinute und PerMinuteAndDomain).",
            "Prüf zuerst die Hintergrundaufgaben: Läuft der Prozess, der E-Mails sendet? Nach sehr vielen E-Mails auf einmal bremst "
                + "DigiHub selbst. Dann musst du nur warten (DigiHub:Mail:PerMinute und PerMinuteAndDomain)."),
        AlarmCause.RelayPaused => new(
            "Check the mail server’s host, user, password and certificate (DigiHub:Mail). "
                + "Run “digihub mail test”, then choose “Resume now” in the outbox.",
            "Prüfen Sie Host, Benutzername, Passwort und Zertifikat des Mailservers (DigiHub:Mail). "
                + "Führen Sie „digihub mail test“ aus und wählen Sie dann im Postausgang „Jetzt fortsetzen“.",
            "Prüf Host, Benutzername, Passwort und Zertifikat des Mailservers (DigiHub:Mail). Führ „digihub mail test“ aus und wähle dann "
                + "im Postausgang „Jetzt fortsetzen“."),
        AlarmCause.InboundUnread => new(
            "Check the mailbox’s host, user, password, certificate and quota (DigiHub:Mail:Inbound). "
                + "“digihub doctor” tests it. E-mails waiting there will be read once it works again.",
            "Prüfen Sie Host, Benutzername, Passwort und Zertifikat des Postfachs und ob es voll ist (DigiHub:Mail:Inbound). "
                + "„digihub doctor“ testet es. Wartende E-Mails werden gelesen, sobald es wieder funktioniert.",
            "Prüf Host, Benutzername, Passwort und Zertifikat des Postfachs und ob es voll ist (DigiHub:Mail:Inbound). „digihub doctor“ "
                + "testet es. Wartende E-Mails werden gelesen, sobald es wieder funktioniert."),
        AlarmCause.NoBackup => new(
            "Run “digihub backup” and “digihub backup verify” with the file it names, once a day by a timer. "
                + "If you back up by other means, set DigiHub:Backup:AlertAfterHours to 0.",
            "Führen Sie „digihub backup“ aus und dann „digihub backup verify“ mit der genannten Datei, "
                + "am besten täglich durch einen Timer. "
                + "Sichern Sie auf andere Weise, setzen Sie DigiHub:Backup:AlertAfterHours auf 0.",
            "Führ „digihub backup“ aus und dann „digihub backup verify“ mit der genannten Datei, am besten täglich durch einen Timer. "
                + "Sicherst du auf andere Weise, setz DigiHub:Backup:AlertAfterHours auf 0."),
        _ => new(
            "The outbox shows the reason for each. Once the cause is fixed, retry them there. Correct addresses that don’t exist.",
            "Der Postausgang nennt zu jeder den Grund. Ist die Ursache behoben, versuchen Sie es dort erneut. "
                + "Korrigieren Sie Adressen, die es nicht gibt.",
            "Der Postausgang nennt zu jeder den Grund. Ist die Ursache behoben, versuch es dort erneut. Korrigiere Adressen, die es nicht "
                + "gibt."),
    };

    private Words Minutes => Note.Figure switch
    {
        < 1 => new("less than a minute", "weniger als einer Minute"),
        1 => new("a minute", "einer Minute"),
        < 120 => new($"{Note.Figure} minutes", $"{Note.Figure} Minuten"),
        _ => new($"{Note.Figure / 60} hours", $"{Note.Figure / 60} Stunden"),
    };
}
