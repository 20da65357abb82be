namespace DigiHub.Notifications;

/// <summary>How a notification stands, in words, where notifications are listed.</summary>
public static class NotificationStateWords
{
    extension(NotificationState state)
    {
        public Words Words => state switch
        {
            NotificationState.Planned => new("Scheduled", "Geplant"),
            NotificationState.Leased => new("Preparing", "Wird vorbereitet"),
            NotificationState.Sending => new("Sending", "Wird gesendet"),
            NotificationState.Sent => new("Sent", "Gesendet"),
            NotificationState.Bounced => new("Bounced", "Zurückgekommen"),
            NotificationState.Carried => new("Sent with another e-mail", "Mit einer anderen E-Mail gesendet"),
            NotificationState.Retry => new("Retrying", "Neuer Versuch folgt"),
            NotificationState.Failed => new("Failed", "Nicht zustellbar"),
            NotificationState.Skipped => new("Skipped", "Nicht gesendet"),
            NotificationState.Cancelled => new("Withdrawn", "Zurückgezogen"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
        };
    }
}
