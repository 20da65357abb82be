using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Operations;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Operations;

/// <summary>Writes the letter that wakes an administrator: what is wrong, what it means, what to do.</summary>
public sealed class AlarmLetters(LetterLinks links) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind == LetterKind.Alarm;

    public Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        if (AlarmNote.Parse(letter.Note) is not { } note)
            return Task.FromResult<LetterDraft?>(null);
        var facts = new AlarmFacts(note, links.To("/admin/letters"), links.HubName);
        return Task.FromResult<LetterDraft?>(new LetterDraft($"{links.HubName}: {facts.Title.In(letter.Language)}", typeof(AlarmLetter), facts));
    }
}

public sealed record AlarmFacts(AlarmNote Note, Uri Outbox, string HubName)
{
    public Words Title => Note.Cause switch
    {
        AlarmCause.LettersLate => new("letters are late", "Nachrichten gehen zu spät hinaus"),
        AlarmCause.RelayPaused => new("no letters can leave", "es gehen keine Nachrichten hinaus"),
        AlarmCause.LettersGivenUp when Note.Figure == 1 => new("1 letter was not delivered", "1 Nachricht wurde nicht zugestellt"),
        AlarmCause.LettersGivenUp => new($"{Note.Figure} letters were not delivered", $"{Note.Figure} Nachrichten wurden nicht zugestellt"),
        AlarmCause.ReturnsUnread => new("returned mail cannot be read", "zurückkommende E-Mails können nicht gelesen werden"),
        _ => throw new ArgumentOutOfRangeException(nameof(Note), Note.Cause, "An alarm without words."),
    };

    public Words What => Note.Cause switch
    {
        AlarmCause.LettersLate => new(
            $"The letter that waits longest should have left {Minutes.English} before this alarm was written. The mail server does not complain.",
            $"Die am längsten wartende Nachricht hätte {Minutes.German} vor dieser Meldung hinausgehen sollen. Der Mailserver meldet keinen Fehler."),
        AlarmCause.RelayPaused => new(
            $"When this alarm was written, nothing had been handed to the mail server for {Minutes.English}. No letter is lost: all wait and leave when it works again, but for those that would come too late.",
            $"Als diese Meldung geschrieben wurde, hatte der Mailserver seit {Minutes.German} nichts angenommen. Es geht nichts verloren: Alles wartet und geht hinaus, sobald es wieder geht, außer was dann zu spät käme."),
        AlarmCause.ReturnsUnread => new(
            $"When this alarm was written, the mailbox to which letters come back had not been read for {Minutes.English}. Letters leave as ever, but nobody learns which addresses do not work and who declines.",
            $"Als diese Meldung geschrieben wurde, war das Postfach, in das Nachrichten zurückkommen, seit {Minutes.German} nicht gelesen worden. Nachrichten gehen weiterhin hinaus, aber niemand erfährt, welche Adressen nicht stimmen und wer absagt."),
        _ => new(
            "These are letters of the last day that the mail server refused for good, that failed too often, that came back, or of which nobody can know whether they arrived.",
            "Es sind Nachrichten des letzten Tages, die der Mailserver endgültig abgelehnt hat, die zu oft gescheitert sind, die zurückkamen oder bei denen niemand wissen kann, ob sie ankamen."),
    };

    public Words ToDo => Note.Cause switch
    {
        AlarmCause.LettersLate => new(
            "Look at the background jobs first: does the process that delivers still run? If very many letters were written at once, it is the hub’s own pace (DigiHub:Mail:PerMinute and PerMinuteAndDomain), and there is nothing to do but wait.",
            "Sehen Sie zuerst bei den Hintergrundaufgaben nach: Läuft der Prozess, der zustellt? Wurden sehr viele Nachrichten auf einmal geschrieben, ist es das eigene Tempo des Hubs (DigiHub:Mail:PerMinute und PerMinuteAndDomain), und es heißt nur abwarten."),
        AlarmCause.RelayPaused => new(
            "Check the address, user, password and certificate of the mail server (DigiHub:Mail), try it with “digihub mail test”, and press “Resume now” in the outbox.",
            "Prüfen Sie Adresse, Benutzer, Passwort und Zertifikat des Mailservers (DigiHub:Mail), probieren Sie ihn mit „digihub mail test“ aus und drücken Sie im Postausgang auf „Jetzt fortsetzen“."),
        AlarmCause.ReturnsUnread => new(
            "Check the address, user, password and certificate of the mailbox (DigiHub:Mail:Returns) and its quota; “digihub doctor” looks into it. What lies there is read as soon as that works again.",
            "Prüfen Sie Adresse, Benutzer, Passwort und Zertifikat des Postfachs (DigiHub:Mail:Returns) und ob es voll ist; „digihub doctor“ sieht hinein. Was dort liegt, wird gelesen, sobald das wieder geht."),
        _ => new(
            "The outbox shows each with its reason. What failed by a fault that is mended can be tried again there; an address that does not exist must be corrected.",
            "Der Postausgang zeigt zu jeder den Grund. Was an einem inzwischen behobenen Fehler lag, lässt sich dort erneut versuchen; eine Adresse, die es nicht gibt, muss korrigiert werden."),
    };

    private Words Minutes => Note.Figure switch
    {
        < 1 => new("less than a minute", "weniger als einer Minute"),
        1 => new("a minute", "einer Minute"),
        < 120 => new($"{Note.Figure} minutes", $"{Note.Figure} Minuten"),
        _ => new($"{Note.Figure / 60} hours", $"{Note.Figure / 60} Stunden"),
    };
}
