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
}
