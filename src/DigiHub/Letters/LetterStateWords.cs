namespace DigiHub.Letters;

/// <summary>How a letter stands, in words, where letters are listed.</summary>
public static class LetterStateWords
{
    extension(LetterState state)
    {
        public Words Words => state switch
        {
            LetterState.Planned => new("Planned", "Geplant"),
            LetterState.Claimed => new("In hand", "In Arbeit"),
            LetterState.Sending => new("Leaving", "Geht gerade raus"),
            LetterState.Sent => new("Sent", "Gesendet"),
            LetterState.Bounced => new("Came back", "Zurückgekommen"),
            LetterState.Carried => new("Goes out in another mail", "Geht in einer anderen E-Mail mit"),
            LetterState.Retry => new("Will be tried again", "Wird erneut versucht"),
            LetterState.Failed => new("Undeliverable", "Unzustellbar"),
            LetterState.Skipped => new("Not sent", "Nicht gesendet"),
            LetterState.Cancelled => new("Withdrawn", "Zurückgezogen"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state of letters without a name."),
        };
    }

    extension(Letter letter)
    {
        /// <summary>Why it is in its state; null where there is nothing to explain. A reason without words of its own is told as it stands.</summary>
        public Words? Why => letter.Reason switch
        {
            null => null,
            "late" => new("its time had passed when it could have left", "als sie hätte hinausgehen können, war es zu spät"),
            "unknown" => new("nobody knows whether it arrived: the line broke", "niemand weiß, ob sie ankam: Die Verbindung brach ab"),
            "gave_up" => new("given up after many attempts", "nach vielen Versuchen aufgegeben"),
            "refused" => new("refused for good by the mail server", "vom Mailserver endgültig abgelehnt"),
            ForgetLetters.CameBack => new("it came back", "sie kam zurück"),
            "suppressed" => new("letters to this address are suspended", "an diese Adresse geht zurzeit nichts"),
            "told by the digest" => new("the overview of the day tells it", "steht in der Tagesübersicht"),
            "nothing on that day" => new("nothing was left on that day", "an dem Tag stand nichts mehr an"),
            "unwanted" => new("the recipient does not want it", "nicht gewünscht"),
            "cancelled" => new("what it told of was cancelled", "was sie ankündigte, wurde storniert"),
            "event cancelled" => new("the event was cancelled", "die Veranstaltung wurde abgesagt"),
            "moved" => new("what it told of was moved", "was sie ankündigte, wurde verschoben"),
            "changed" or "rule removed" => new("the reminder was changed", "die Erinnerung wurde geändert"),
            "reinstated" => new("the cancellation was undone", "die Stornierung wurde rückgängig gemacht"),
            "unchanged" => new("everything was as known before", "alles war wieder wie bekannt"),
            "over" => new("what it told of was over", "wovon sie berichtet, war vorbei"),
            "gone" => new("what it told of is gone", "wovon sie berichtet, gibt es nicht mehr"),
            "not registered" => new("not registered any more", "nicht mehr angemeldet"),
            "not cancelled" => new("not cancelled after all", "doch nicht abgesagt"),
            "stopped" => new("stopped by an administrator", "von der Verwaltung angehalten"),
            "requeued" => new("put back into the queue by an administrator", "von der Verwaltung wieder eingereiht"),
            { } other => new(other, other),
        };
    }
}
