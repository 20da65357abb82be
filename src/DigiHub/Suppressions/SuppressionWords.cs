namespace DigiHub.Suppressions;

/// <summary>Why an address gets no letters, which, and what whoever looks after them should think of before lifting that.</summary>
public static class SuppressionWords
{
    extension(SuppressionReason reason)
    {
        public Words Words => reason switch
        {
            SuppressionReason.HardBounce => new("there is no such mailbox", "dieses Postfach gibt es nicht"),
            SuppressionReason.RepeatedBounces => new("refused for good several times", "mehrfach endgültig abgelehnt"),
            SuppressionReason.Complaint => new("reported our letters as unwanted", "hat unsere Nachrichten als unerwünscht gemeldet"),
            SuppressionReason.Unsubscribed => new("unsubscribed", "hat abbestellt"),
            SuppressionReason.ByStaff => new("entered by hand", "von Hand eingetragen"),
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words."),
        };

        public Words BeforeLifting => reason switch
        {
            SuppressionReason.HardBounce or SuppressionReason.RepeatedBounces => new(
                "Lift it only if the mailbox works again: every letter to one that does not costs the hub its good name.",
                "Heben Sie das nur auf, wenn das Postfach wieder geht: Jede Nachricht an ein totes kostet den Hub seinen guten Ruf."),
            SuppressionReason.Complaint or SuppressionReason.Unsubscribed => new(
                "Lift it only if the person asks you to.", "Heben Sie das nur auf, wenn die Person Sie darum bittet."),
            _ => new("Lift it when the reason is gone.", "Heben Sie das auf, wenn der Grund weggefallen ist."),
        };
    }

    extension(SuppressionScope scope)
    {
        public Words Words => scope switch
        {
            SuppressionScope.Everything => new("All letters", "Alle Nachrichten"),
            SuppressionScope.Reminders => new("Reminders", "Erinnerungen"),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "A scope without words."),
        };

        /// <summary>What it stops, and what not.</summary>
        public Words Effect => scope switch
        {
            SuppressionScope.Everything => new(
                "Stops all letters but sign-in links and the confirmation of an address.",
                "Hält alle Nachrichten zurück, außer Anmelde-Links und der Bestätigung einer Adresse."),
            SuppressionScope.Reminders => new(
                "Stops reminders and overviews; confirmations, changes and cancellations still go out.",
                "Hält Erinnerungen und Übersichten zurück; Bestätigungen, Änderungen und Absagen gehen weiter hinaus."),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "A scope without words."),
        };
    }
}
