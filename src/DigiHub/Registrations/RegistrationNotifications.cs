using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>What attendees are told about their registrations.</summary>
public static class RegistrationNotifications
{
    /// <summary>To the address that a guest gave: their place is held until they confirm by its link.</summary>
    public static readonly NotificationType ToConfirm = new(
        "registration_to_confirm", NotificationClass.Transactional,
        words: new("Confirm a registration", "Anmeldung bestätigen"),
        occasion: new("because this address was given for a registration", "weil diese Adresse für eine Anmeldung angegeben wurde"))
    { NamesNobody = true };

    public static readonly NotificationType Confirmed = new(
        "registration_confirmed", NotificationClass.Transactional,
        words: new("Registration confirmed", "Anmeldung bestätigt"),
        occasion: new("because you registered", "weil Sie sich angemeldet haben", "weil du dich angemeldet hast"));

    public static readonly NotificationType Waiting = new(
        "registration_waiting", NotificationClass.Transactional,
        words: new("On the waiting list", "Auf der Warteliste"),
        occasion: new("because you joined the waiting list", "weil Sie sich auf die Warteliste gesetzt haben",
            "weil du dich auf die Warteliste gesetzt hast"));

    public static readonly NotificationType Promoted = new(
        "registration_promoted", NotificationClass.Transactional,
        words: new("A seat became free", "Ein Platz ist frei geworden"),
        occasion: new("because you moved up from the waiting list", "weil Sie von der Warteliste nachgerückt sind",
            "weil du von der Warteliste nachgerückt bist"));

    public static readonly NotificationType Cancelled = new(
        "registration_cancelled", NotificationClass.Transactional,
        words: new("Registration cancelled", "Anmeldung storniert"),
        occasion: new("because your registration was cancelled", "weil Ihre Anmeldung storniert wurde",
            "weil deine Anmeldung storniert wurde"));

    /// <summary>The day before, to those who still wait: it did not work out so far, they stand by.</summary>
    public static readonly NotificationType StandBy = new(
        "registration_stand_by", NotificationClass.Reminder,
        words: new("Still on the waiting list", "Noch auf der Warteliste"),
        occasion: new("because you’re still on the waiting list the day before", "weil Sie am Tag vorher noch auf der Warteliste stehen",
            "weil du am Tag vorher noch auf der Warteliste stehst"));

    /// <summary>To a corrected address, or to one that bounced: its link confirms that the address works.</summary>
    public static readonly NotificationType AddressToConfirm = new(
        "address_to_confirm", NotificationClass.Transactional,
        words: new("Confirm an e-mail address", "E-Mail-Adresse bestätigen"),
        occasion: new("because our e-mails didn’t reach you", "weil unsere E-Mails Sie nicht erreicht haben",
            "weil unsere E-Mails dich nicht erreicht haben"))
    { ReachesSuppressed = true, NamesNobody = true };
}
