
namespace DigiHub.Notifications;

/// <summary>What a notification is called where notifications are listed, and how urgent its kind is.</summary>
public static class NotificationTypeWords
{
    internal static readonly NotificationType[] ReminderClass =
        [NotificationType.BookingReminder, NotificationType.EventReminder, NotificationType.RegistrationStandBy, NotificationType.DayDigest];

    extension(NotificationType kind)
    {
        public NotificationClass Class => Array.IndexOf(ReminderClass, kind) < 0 ? NotificationClass.Service : NotificationClass.Reminder;

        public Words Words => kind switch
        {
            NotificationType.SignInLink => new("Sign-in link", "Anmeldelink"),
            NotificationType.BookingConfirmed => new("Booking confirmed", "Buchung bestätigt"),
            NotificationType.BookingMoved => new("Booking changed", "Buchung geändert"),
            NotificationType.BookingCancelled => new("Booking cancelled", "Buchung storniert"),
            NotificationType.BookingReminder => new("Booking reminder", "Erinnerung an eine Buchung"),
            NotificationType.SiteClosure => new("Closed days", "Schließtage"),
            NotificationType.RegistrationConfirmed => new("Registration confirmed", "Anmeldung bestätigt"),
            NotificationType.RegistrationWaiting => new("On the waiting list", "Auf der Warteliste"),
            NotificationType.RegistrationPromoted => new("A seat became free", "Ein Platz ist frei geworden"),
            NotificationType.RegistrationCancelled => new("Registration cancelled", "Anmeldung storniert"),
            NotificationType.RegistrationStandBy => new("Still on the waiting list", "Noch auf der Warteliste"),
            NotificationType.EventReminder => new("Event reminder", "Erinnerung an eine Veranstaltung"),
            NotificationType.DayDigest => new("Daily overview", "Tagesübersicht"),
            NotificationType.EventChanged => new("Event changed", "Veranstaltung geändert"),
            NotificationType.EventCancelled => new("Event cancelled", "Veranstaltung abgesagt"),
            NotificationType.AddressToConfirm => new("Confirm an e-mail address", "E-Mail-Adresse bestätigen"),
            NotificationType.DeclineToConfirm => new("Confirm a cancellation", "Stornierung bestätigen"),
            NotificationType.Alarm => new("Alert", "Warnmeldung"),
            NotificationType.AccountAddressToConfirm => new("Confirm a new account address", "Neue Adresse eines Kontos bestätigen"),
            NotificationType.AccountAddressChanged => new("Account address changed", "Adresse eines Kontos geändert"),
            NotificationType.WebhookStopped => new("Webhook stopped", "Webhook angehalten"),
            NotificationType.TokenMade => new("Token created", "Token erstellt"),
            NotificationType.RegistrationToConfirm => new("Confirm a registration", "Anmeldung bestätigen"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A type of notification without a name."),
        };

        /// <summary>On what occasion such a notification is written, to its reader.</summary>
        public Words Occasion => kind switch
        {
            NotificationType.SignInLink => new("because you asked to sign in by e-mail", "weil Sie sich per E-Mail anmelden wollten"),
            NotificationType.BookingConfirmed => new("because you booked", "weil Sie gebucht haben"),
            NotificationType.BookingMoved => new("because your booking was changed", "weil Ihre Buchung geändert wurde"),
            NotificationType.BookingCancelled => new("because your booking was cancelled", "weil Ihre Buchung storniert wurde"),
            NotificationType.BookingReminder => new("because you asked for reminders", "weil Sie erinnert werden möchten"),
            NotificationType.SiteClosure => new("because the site is closed on days you booked", "weil der Standort an Tagen geschlossen ist, die Sie gebucht haben"),
            NotificationType.RegistrationConfirmed => new("because you registered", "weil Sie sich angemeldet haben"),
            NotificationType.RegistrationWaiting => new("because you joined the waiting list", "weil Sie sich auf die Warteliste gesetzt haben"),
            NotificationType.RegistrationPromoted => new("because you moved up from the waiting list", "weil Sie von der Warteliste nachgerückt sind"),
            NotificationType.RegistrationCancelled => new("because your registration was cancelled", "weil Ihre Anmeldung storniert wurde"),
            NotificationType.RegistrationStandBy => new("because you’re still on the waiting list the day before", "weil Sie am Tag vorher noch auf der Warteliste stehen"),
            NotificationType.EventReminder => new("because you’re registered and asked for reminders", "weil Sie angemeldet sind und erinnert werden möchten"),
            NotificationType.DayDigest => new("Daily overview", "Tagesübersicht"),
            NotificationType.EventChanged => new("because important details of the event changed", "weil sich an der Veranstaltung Wichtiges geändert hat"),
            NotificationType.EventCancelled => new("because the event was cancelled", "weil die Veranstaltung abgesagt wurde"),
            NotificationType.AddressToConfirm => new("because our e-mails didn’t reach you", "weil unsere E-Mails Sie nicht erreicht haben"),
            NotificationType.DeclineToConfirm => new("because your calendar declined the invitation", "weil Ihr Kalender die Einladung abgelehnt hat"),
            NotificationType.Alarm => new("because you’re an administrator of the hub", "weil Sie den Hub verwalten"),
            NotificationType.AccountAddressToConfirm => new("because you gave a new address for your account", "weil Sie für Ihr Konto eine neue Adresse angegeben haben"),
            NotificationType.AccountAddressChanged => new("because the address of your account changed", "weil sich die Adresse Ihres Kontos geändert hat"),
            NotificationType.WebhookStopped => new("because you set up the webhook", "weil Sie den Webhook eingerichtet haben"),
            NotificationType.TokenMade => new("because a new token gives access to your account", "weil ein neues Token Zugriff auf Ihr Konto gibt"),
            NotificationType.RegistrationToConfirm => new("because this address was given for a registration", "weil diese Adresse für eine Anmeldung angegeben wurde"),
            _ => kind.Words,
        };
    }
}
