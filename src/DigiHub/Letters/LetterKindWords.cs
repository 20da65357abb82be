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
            LetterKind.BookingMoved => new("Booking moved", "Buchung verschoben"),
            LetterKind.BookingCancelled => new("Booking cancelled", "Buchung storniert"),
            LetterKind.BookingReminder => new("Reminder of a booking", "Erinnerung an eine Buchung"),
            LetterKind.SiteClosure => new("Closed days", "Schließtage"),
            LetterKind.RegistrationConfirmed => new("Registration confirmed", "Anmeldung bestätigt"),
            LetterKind.RegistrationWaiting => new("On the waiting list", "Auf der Warteliste"),
            LetterKind.RegistrationPromoted => new("A seat has become free", "Ein Platz ist frei geworden"),
            LetterKind.RegistrationCancelled => new("Registration cancelled", "Anmeldung storniert"),
            LetterKind.RegistrationStandBy => new("Standing by", "Weiter auf der Warteliste"),
            LetterKind.EventReminder => new("Reminder of an event", "Erinnerung an eine Veranstaltung"),
            LetterKind.DayDigest => new("Overview of a day", "Tagesübersicht"),
            LetterKind.EventChanged => new("Event changed", "Veranstaltung geändert"),
            LetterKind.EventCancelled => new("Event cancelled", "Veranstaltung abgesagt"),
            LetterKind.AddressToConfirm => new("Confirm an address", "Adresse bestätigen"),
            LetterKind.DeclineToConfirm => new("Confirm that you cannot come", "Absage bestätigen"),
            LetterKind.Alarm => new("Alarm", "Alarm"),
            LetterKind.AccountAddressToConfirm => new("Confirm an account's address", "Adresse eines Kontos bestätigen"),
            LetterKind.AccountAddressChanged => new("Account's address changed", "Adresse eines Kontos geändert"),
            LetterKind.WebhookStopped => new("Webhook stopped", "Webhook angehalten"),
            LetterKind.TokenMade => new("Token made", "Token angelegt"),
            LetterKind.RegistrationToConfirm => new("Confirm a registration", "Anmeldung bestätigen"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of letter without a name."),
        };

        /// <summary>On what occasion such a letter is written, to its reader.</summary>
        public Words Occasion => kind switch
        {
            LetterKind.SignInLink => new("because you asked to sign in by e-mail", "weil Sie sich per E-Mail anmelden wollten"),
            LetterKind.BookingConfirmed => new("because you booked", "weil Sie gebucht haben"),
            LetterKind.BookingMoved => new("because your booking was moved", "weil Ihre Buchung verschoben wurde"),
            LetterKind.BookingCancelled => new("because your booking was cancelled", "weil Ihre Buchung storniert wurde"),
            LetterKind.BookingReminder => new("because you wish to be reminded", "weil Sie erinnert werden möchten"),
            LetterKind.SiteClosure => new("because you booked for days on which the site is closed", "weil Sie für Tage gebucht haben, an denen der Standort geschlossen ist"),
            LetterKind.RegistrationConfirmed => new("because you registered", "weil Sie sich angemeldet haben"),
            LetterKind.RegistrationWaiting => new("because you joined the waiting list", "weil Sie sich auf die Warteliste gesetzt haben"),
            LetterKind.RegistrationPromoted => new("because you moved up from the waiting list", "weil Sie von der Warteliste nachgerückt sind"),
            LetterKind.RegistrationCancelled => new("because your registration was cancelled", "weil Ihre Anmeldung storniert wurde"),
            LetterKind.RegistrationStandBy => new("because you are on the waiting list the day before", "weil Sie am Tag vorher noch auf der Warteliste stehen"),
            LetterKind.EventReminder => new("because you are registered and wish to be reminded", "weil Sie angemeldet sind und erinnert werden möchten"),
            LetterKind.DayDigest => new("Overview of a day", "Tagesübersicht"),
            LetterKind.EventChanged => new("because something important about the event changed", "weil sich an der Veranstaltung Wichtiges geändert hat"),
            LetterKind.EventCancelled => new("because the event was cancelled", "weil die Veranstaltung abgesagt wurde"),
            LetterKind.AddressToConfirm => new("because letters did not reach you", "weil Nachrichten Sie nicht erreicht haben"),
            LetterKind.DeclineToConfirm => new("because your calendar declined the invitation", "weil Ihr Kalender die Einladung abgelehnt hat"),
            LetterKind.Alarm => new("because you look after the hub", "weil Sie sich um den Hub kümmern"),
            LetterKind.AccountAddressToConfirm => new("because you gave a new address for your account", "weil Sie für Ihr Konto eine neue Adresse angegeben haben"),
            LetterKind.AccountAddressChanged => new("because your account was given another address", "weil Ihr Konto eine andere Adresse bekommen hat"),
            LetterKind.WebhookStopped => new("because you set up the webhook", "weil Sie den Webhook eingerichtet haben"),
            LetterKind.TokenMade => new("because somebody can reach your account by a new token", "weil sich Ihr Konto mit einem neuen Token erreichen lässt"),
            LetterKind.RegistrationToConfirm => new("because this address was given for a registration", "weil diese Adresse für eine Anmeldung angegeben wurde"),
            _ => kind.Words,
        };
    }
}
