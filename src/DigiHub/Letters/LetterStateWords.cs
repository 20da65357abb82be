namespace DigiHub.Letters;

/// <summary>How a letter stands, in words, where letters are listed.</summary>
public static class LetterStateWords
{
    extension(LetterState state)
    {
        public Words Words => state switch
        {
            LetterState.Planned => new("Scheduled", "Geplant"),
            LetterState.Claimed => new("Preparing", "Wird vorbereitet"),
            LetterState.Sending => new("Sending", "Wird gesendet"),
            LetterState.Sent => new("Sent", "Gesendet"),
            LetterState.Bounced => new("Bounced", "Zurückgekommen"),
            LetterState.Carried => new("Sent with another e-mail", "Mit einer anderen E-Mail gesendet"),
            LetterState.Retry => new("Retrying", "Neuer Versuch folgt"),
            LetterState.Failed => new("Failed", "Nicht zustellbar"),
            LetterState.Skipped => new("Skipped", "Nicht gesendet"),
            LetterState.Cancelled => new("Withdrawn", "Zurückgezogen"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state of letters without a name."),
        };
    }
}
