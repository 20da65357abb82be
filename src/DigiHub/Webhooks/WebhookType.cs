using DigiHub.Activity;

namespace DigiHub.Webhooks;

/// <summary>What programs of others can be told of. The names are promised: never changed once released.</summary>
public static class WebhookType
{
    public const int NameMax = 40;

    /// <summary>Sent by the test button only, to any endpoint.</summary>
    public const string Ping = "ping";

    public const string EmailFailed = "email.failed";

    private static readonly Dictionary<string, string> typeOfAct = new(StringComparer.Ordinal)
    {
        [Act.RegistrationMade.Name] = "registration.created",
        [Act.RegistrationReinstated.Name] = "registration.created",
        [Act.RegistrationCancelled.Name] = "registration.cancelled",
        [Act.RegistrationPromoted.Name] = "registration.promoted",
        [Act.EventPublished.Name] = "event.published",
        [Act.EventReinstated.Name] = "event.published",
        [Act.EventMoved.Name] = "event.changed",
        [Act.EventEdited.Name] = "event.changed",
        [Act.EventTimesKept.Name] = "event.changed",
        [Act.EventCancelled.Name] = "event.cancelled",
        [Act.BookingMade.Name] = "booking.created",
        [Act.BookingReinstated.Name] = "booking.created",
        [Act.BookingMoved.Name] = "booking.moved",
        [Act.BookingEnded.Name] = "booking.moved",
        [Act.BookingCancelled.Name] = "booking.cancelled",
        [Act.EmailFailed.Name] = EmailFailed,
        [Act.EmailBounced.Name] = EmailFailed,
    };

    /// <summary>All that an endpoint can ask for.</summary>
    public static IReadOnlyList<string> All { get; } = [.. typeOfAct.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The type that an act of the audit trail is told as; null for one that is told to nobody.</summary>
    public static string? OfAct(string act) => typeOfAct.GetValueOrDefault(act);

    /// <summary>About an event, so that its organiser may be told.</summary>
    public static bool IsOfEvent(string type) => type.StartsWith("event.", StringComparison.Ordinal) || type.StartsWith("registration.", StringComparison.Ordinal);

    /// <summary>What is said of it to people: in the list of choices, and in chat rooms.</summary>
    public static Words Words(string type) => type switch
    {
        "registration.created" => new("New registration", "Neue Anmeldung"),
        "registration.cancelled" => new("Registration cancelled", "Anmeldung storniert"),
        "registration.promoted" => new("Moved up from the waiting list", "Von der Warteliste nachgerückt"),
        "event.published" => new("Event published", "Veranstaltung veröffentlicht"),
        "event.changed" => new("Event changed", "Veranstaltung geändert"),
        "event.cancelled" => new("Event cancelled", "Veranstaltung abgesagt"),
        "booking.created" => new("Desk or room booked", "Platz oder Raum gebucht"),
        "booking.moved" => new("Booking changed", "Buchung geändert"),
        "booking.cancelled" => new("Booking cancelled", "Buchung storniert"),
        EmailFailed => new("E-mail not delivered", "E-Mail nicht zustellbar"),
        Ping => new("Test", "Test"),
        _ => new(type, type),
    };
}
