
namespace DigiHub.Mail;

/// <summary>Why an address gets no notifications, which ones, and what administrators should consider before lifting that.</summary>
public static class SuppressionWords
{
    extension(SuppressionReason reason)
    {
        public Words Words => reason switch
        {
            SuppressionReason.HardBounce => new("mailbox doesn’t exist", "Postfach gibt es nicht"),
            SuppressionReason.RepeatedBounces => new("permanently rejected several times", "mehrfach endgültig abgelehnt"),
            SuppressionReason.Complaint => new("marked our e-mails as spam", "hat unsere E-Mails als Spam markiert"),
            SuppressionReason.Unsubscribed => new("unsubscribed", "hat abbestellt"),
            SuppressionReason.ByStaff => new("blocked by an administrator", "von der Verwaltung gesperrt"),
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words."),
        };

        public Words BeforeLifting => reason switch
        {
            SuppressionReason.HardBounce or SuppressionReason.RepeatedBounces => new(
                "Unblock only if the mailbox works again: bounces harm your sender reputation.",
                "Heben Sie die Sperre nur auf, wenn das Postfach wieder funktioniert: Rückläufer schaden Ihrem Ruf als Absender.",
                "Heb die Sperre nur auf, wenn das Postfach wieder funktioniert: Rückläufer schaden deinem Ruf als Absender."),
            SuppressionReason.Complaint or SuppressionReason.Unsubscribed => new(
                "Unblock only if the person asks you to.", "Heben Sie die Sperre nur auf, wenn die Person Sie darum bittet.",
                "Heb die Sperre nur auf, wenn die Person dich darum bittet."),
            _ => new("Unblock when the reason no longer applies.", "Heben Sie die Sperre auf, wenn der Grund weggefallen ist.",
                "Heb die Sperre auf, wenn der Grund weggefallen ist."),
        };
    }

    extension(SuppressionScope scope)
    {
        public Words Words => scope switch
        {
            SuppressionScope.Everything => new("All e-mails", "Alle E-Mails"),
            SuppressionScope.Reminders => new("Reminders", "Erinnerungen"),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "A scope without words."),
        };

        /// <summary>What it stops, and what not.</summary>
        public Words Effect => scope switch
        {
            SuppressionScope.Everything => new(
                "Blocks all e-mails except sign-in links and address confirmations.",
                "Sperrt alle E-Mails außer Anmeldelinks und Adressbestätigungen."),
            SuppressionScope.Reminders => new(
                "Blocks reminders and daily overviews. Confirmations, changes and cancellations are still sent.",
                "Sperrt Erinnerungen und Tagesübersichten. Bestätigungen, Änderungen und Absagen werden weiter gesendet."),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "A scope without words."),
        };
    }
}
