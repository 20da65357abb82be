namespace DigiHub.Letters;

/// <summary>What a letter is called where letters are listed, and how urgent its kind is.</summary>
public static class LetterKindWords
{
    internal static readonly LetterKind[] ReminderClass =
        [LetterKind.BookingReminder, LetterKind.EventReminder, LetterKind.RegistrationStandBy, LetterKind.DayDigest];

    extension(LetterKind kind)
    {
        public LetterClass Class => Array.IndexOf(ReminderClass, kind) < 0 ? LetterClass.Service : LetterClass.Reminder;

        public Words Words => kind switch
        {
            LetterKind.SignInLink => new("Sign-in link", "Anmeldelink"),
            LetterKind.BookingConfirmed => new("Booking confirmed", "Buchung bestätigt"),
            LetterKind.BookingMoved => new("Booking changed", "Buchung geändert"),
            LetterKind.BookingCancelled => new("Booking cancelled", "Buchung storniert"),
            LetterKind.BookingReminder => new("Booking reminder", "Erinnerung an eine Buchung"),
            LetterKind.SiteClosure => new("Closed days", "Schließtage"),
            LetterKind.RegistrationConfirmed => new("Registration confirmed", "Anmeldung bestätigt"),
            LetterKind.RegistrationWaiting => new("On the waiting list", "Auf der Warteliste"),
            LetterKind.RegistrationPromoted => new("A seat became free", "Ein Platz ist frei geworden"),
            LetterKind.RegistrationCancelled => new("Registration cancelled", "Anmeldung storniert"),
            LetterKind.RegistrationStandBy => new("Still on the waiting list", "Noch auf der Warteliste"),
            LetterKind.EventReminder => new("Event reminder", "Erinnerung an eine Veranstaltung"),
            LetterKind.DayDigest => new("Daily overview", "Tagesübersicht"),
            LetterKind.EventChanged => new("Event changed", "Veranstaltung geändert"),
            LetterKind.EventCancelled => new("Event cancelled", "Veranstaltung abgesagt"),
            LetterKind.AddressToConfirm => new("Confirm an e-mail address", "E-Mail-Adresse bestätigen"),
            LetterKind.DeclineToConfirm => new("Confirm a cancellation", "Stornierung bestätigen"),
            LetterKind.Alarm => new("Alert", "Warnmeldung"),
            LetterKind.AccountAddressToConfirm => new("Confirm a new account address", "Neue Adresse eines Kontos bestätigen"),
            LetterKind.AccountAddressChanged => new("Account address changed", "Adresse eines Kontos geändert"),
            LetterKind.WebhookStopped => new("Webhook stopped", "Webhook angehalten"),
            LetterKind.TokenMade => new("Token created", "Token erstellt"),
            LetterKind.RegistrationToConfirm => new("Confirm a registration", "Anmeldung bestätigen"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of letter without a name."),
        };

        /// <summary>On what occasion such a letter is written, to its reader.</summary>
        public Words Occasion => kind switch
        {
            LetterKind.SignInLink => new("because you asked to sign in by e-mail", "weil Sie sich per E-Mail anmelden wollten"),
            LetterKind.BookingConfirmed => new("because you booked", "weil Sie gebucht haben"),
            LetterKind.BookingMoved => new("because your booking was changed", "weil Ihre Buchung geändert wurde"),
            LetterKind.BookingCancelled => new("because your booking was cancelled", "weil Ihre Buchung storniert wurde"),
            LetterKind.BookingReminder => new("because you asked for reminders", "weil Sie erinnert werden möchten"),
            LetterKind.SiteClosure => new("because the site is closed on days you booked", "weil der Standort an Tagen geschlossen ist, die Sie gebucht haben"),
            LetterKind.RegistrationConfirmed => new("because you registered", "weil Sie sich angemeldet haben"),
            LetterKind.RegistrationWaiting => new("because you joined the waiting list", "weil Sie sich auf die Warteliste gesetzt haben"),
            LetterKind.RegistrationPromoted => new("because you moved up from the waiting list", "weil Sie von der Warteliste nachgerückt sind"),
            LetterKind.RegistrationCancelled => new("because your registration was cancelled", "weil Ihre Anmeldung storniert wurde"),
            LetterKind.RegistrationStandBy => new("because you’re still on the waiting list the day before", "weil Sie am Tag vorher noch auf der Warteliste stehen"),
            LetterKind.EventReminder => new("because you’re registered and asked for reminders", "weil Sie angemeldet sind und erinnert werden möchten"),
            LetterKind.DayDigest => new("Daily overview", "Tagesübersicht"),
            LetterKind.EventChanged => new("because important details of the event changed", "weil sich an der Veranstaltung Wichtiges geändert hat"),
            LetterKind.EventCancelled => new("because the event was cancelled", "weil die Veranstaltung abgesagt wurde"),
            LetterKind.AddressToConfirm => new("because our e-mails didn’t reach you", "weil unsere E-Mails Sie nicht erreicht haben"),
            LetterKind.DeclineToConfirm => new("because your calendar declined the invitation", "weil Ihr Kalender die Einladung abgelehnt hat"),
            LetterKind.Alarm => new("because you’re an administrator of the hub", "weil Sie den Hub verwalten"),
            LetterKind.AccountAddressToConfirm => new("because you gave a new address for your account", "weil Sie für Ihr Konto eine neue Adresse angegeben haben"),
            LetterKind.AccountAddressChanged => new("because the address of your account changed", "weil sich die Adresse Ihres Kontos geändert hat"),
            LetterKind.WebhookStopped => new("because you set up the webhook", "weil Sie den Webhook eingerichtet haben"),
            LetterKind.TokenMade => new("because a new token gives access to your account", "weil ein neues Token Zugriff auf Ihr Konto gibt"),
            LetterKind.RegistrationToConfirm => new("because this address was given for a registration", "weil diese Adresse für eine Anmeldung angegeben wurde"),
            _ => kind.Words,
        };
    }
}
