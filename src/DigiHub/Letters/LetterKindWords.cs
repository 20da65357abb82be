namespace DigiHub.Letters;

/// <summary>What a letter is called where letters are listed.</summary>
public static class LetterKindWords
{
    extension(LetterKind kind)
    {
        public Words Words => kind switch
        {
            LetterKind.SignInLink => new("Sign-in link", "Anmeldelink"),
            LetterKind.BookingConfirmed => new("Booking confirmed", "Buchung bestätigt"),
            LetterKind.BookingMoved => new("Booking moved", "Buchung verschoben"),
            LetterKind.BookingCancelled => new("Booking cancelled", "Buchung storniert"),
            LetterKind.BookingReminder => new("Reminder of a booking", "Erinnerung an eine Buchung"),
            LetterKind.RegistrationConfirmed => new("Registration confirmed", "Anmeldung bestätigt"),
            LetterKind.RegistrationWaiting => new("On the waiting list", "Auf der Warteliste"),
            LetterKind.RegistrationPromoted => new("A seat has become free", "Ein Platz ist frei geworden"),
            LetterKind.RegistrationCancelled => new("Registration cancelled", "Anmeldung storniert"),
            LetterKind.RegistrationStandBy => new("Standing by", "Weiter auf der Warteliste"),
            LetterKind.EventReminder => new("Reminder of an event", "Erinnerung an eine Veranstaltung"),
            LetterKind.EventChanged => new("Event changed", "Veranstaltung geändert"),
            LetterKind.EventCancelled => new("Event cancelled", "Veranstaltung abgesagt"),
            LetterKind.AddressToConfirm => new("Confirm an address", "Adresse bestätigen"),
            LetterKind.DeclineToConfirm => new("Confirm that you cannot come", "Absage bestätigen"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of letter without a name."),
        };
    }
}
