using System.Collections.Frozen;

namespace DigiHub.Letters;

/// <summary>Why a letter is in its state, and what whoever looks after the letters can do about it.</summary>
public static class LetterReasonWords
{
    /// <summary>Every reason that the hub itself gives, as it stands in the row, with its words.</summary>
    public static FrozenDictionary<string, Words> All { get; } = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["late"] = new("its time had passed when it could have left", "als sie hätte hinausgehen können, war es zu spät"),
        ["unknown"] = new("nobody knows whether it arrived: the line broke", "niemand weiß, ob sie ankam: Die Verbindung brach ab"),
        ["gave_up"] = new("given up after many attempts", "nach vielen Versuchen aufgegeben"),
        ["unwritable"] = new("the hub could not write it", "der Hub konnte sie nicht schreiben"),
        ["refused"] = new("refused for good by the mail server", "vom Mailserver endgültig abgelehnt"),
        [ForgetLetters.CameBack] = new("it came back", "sie kam zurück"),
        ["suppressed"] = new("letters to this address are suspended", "an diese Adresse geht zurzeit nichts"),
        ["told by the digest"] = new("the overview of the day tells it", "steht in der Tagesübersicht"),
        ["nothing on that day"] = new("nothing was left on that day", "an dem Tag stand nichts mehr an"),
        ["unwanted"] = new("the recipient does not want it", "nicht gewünscht"),
        ["cancelled"] = new("what it told of was cancelled", "was sie ankündigte, wurde storniert"),
        ["event cancelled"] = new("the event was cancelled", "die Veranstaltung wurde abgesagt"),
        ["unregistered"] = new("the registration was cancelled", "die Anmeldung wurde storniert"),
        ["moved"] = new("what it told of was moved", "was sie ankündigte, wurde verschoben"),
        ["zone changed"] = new("the rules of the time zone have changed", "die Regeln der Zeitzone haben sich geändert"),
        ["changed"] = new("it was changed meanwhile", "inzwischen geändert"),
        ["rule removed"] = new("the reminder was removed", "die Erinnerung wurde entfernt"),
        ["superseded"] = new("a newer letter tells it", "eine neuere Nachricht berichtet davon"),
        ["confirmed"] = new("the registration was confirmed meanwhile", "die Anmeldung wurde inzwischen bestätigt"),
        ["not confirmed"] = new("nobody has confirmed the registration", "niemand hat die Anmeldung bestätigt"),
        ["promoted"] = new("a seat became free meanwhile", "inzwischen wurde ein Platz frei"),
        ["waiting"] = new("on the waiting list meanwhile", "inzwischen auf der Warteliste"),
        ["reinstated"] = new("the cancellation was undone", "die Stornierung wurde rückgängig gemacht"),
        ["undone"] = new("what it told of was undone", "wovon sie berichtet, wurde rückgängig gemacht"),
        ["unchanged"] = new("everything was as known before", "alles war wieder wie bekannt"),
        ["over"] = new("what it told of was over", "wovon sie berichtet, war vorbei"),
        ["past"] = new("what it told of had begun or was over", "wovon sie berichtet, hatte begonnen oder war vorbei"),
        ["gone"] = new("what it told of is gone", "wovon sie berichtet, gibt es nicht mehr"),
        ["not registered"] = new("not registered any more", "nicht mehr angemeldet"),
        ["not cancelled"] = new("not cancelled after all", "doch nicht abgesagt"),
        [StopLetter.Reason] = new("stopped by an administrator", "von der Verwaltung angehalten"),
        ["address corrected"] = new("the address was corrected meanwhile", "die Adresse wurde inzwischen berichtigt"),
        ["requeued"] = new("put back into the queue by an administrator", "von der Verwaltung wieder eingereiht"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is no reason of the hub's own (a server's words) is told as it stands.</summary>
    public static Words Of(string reason) => All.TryGetValue(reason, out var words) ? words : new(reason, reason);

    /// <summary>What to do about letters that did not arrive for this reason; null where there is nothing to be done.</summary>
    public static Words? Advice(string? reason) => reason switch
    {
        "refused" => new(
            "The mail server will not take it for this recipient. Correct the address at the registration or member; what is sent from then on arrives.",
            "Für diese Adresse nimmt der Mailserver sie nicht an. Berichtigen Sie die Adresse bei der Anmeldung oder beim Mitglied; was danach hinausgeht, kommt an."),
        "unwritable" => new(
            "This is a fault of the hub itself: its log names the letter. Report it; when it is mended, try again.",
            "Das ist ein Fehler des Hubs selbst: Sein Protokoll nennt die Nachricht. Melden Sie ihn; sobald er behoben ist, versuchen Sie es erneut."),
        ForgetLetters.CameBack => CameBack,
        "gave_up" => new(
            "The mail server said “later” too often. Its words say why; when it takes letters again, try again.",
            "Der Mailserver hat zu oft auf später verwiesen. Seine Antwort sagt, warum; sobald er wieder annimmt, versuchen Sie es erneut."),
        "unknown" => new(
            "It may well have arrived. Ask the recipient before you send it again.",
            "Sie kann gut angekommen sein. Fragen Sie nach, bevor Sie sie noch einmal senden."),
        "suppressed" => new(
            "Look at why the address is suspended; lift that only if the reason is gone.",
            "Sehen Sie nach, warum die Adresse gesperrt ist, und heben Sie das nur auf, wenn der Grund weggefallen ist."),
        _ => null,
    };

    private static Words CameBack { get; } = new(
        "It left and came back. Correct the address at the registration or member; what is sent from then on arrives.",
        "Sie ging hinaus und kam zurück. Berichtigen Sie die Adresse bei der Anmeldung oder beim Mitglied; was danach hinausgeht, kommt an.");

    extension(Letter letter)
    {
        /// <summary>Why it is in its state; null where there is nothing to explain.</summary>
        public Words? Why => letter.Reason is { } reason ? Of(reason) : null;

        /// <summary>What an administrator can do now; null where nothing needs to be done.</summary>
        public Words? Advice => letter.State switch
        {
            LetterState.Bounced => CameBack,
            LetterState.Failed or LetterState.Skipped => Advice(letter.Reason),
            _ => null,
        };
    }
}
