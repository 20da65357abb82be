using DigiHub.Events;
using DigiHub.Time;

namespace DigiHub.Registrations;

/// <summary>Why somebody cannot register, said to them.</summary>
internal static class RegistrationRefusals
{
    public static Refusal ConfirmFirst { get; } = new("confirm_first", new(
        $"{Registration.HeldPerAddressMax} registrations with this address wait to be confirmed. Please press the links in those letters first.",
        $"Mit dieser Adresse warten schon {Registration.HeldPerAddressMax} Anmeldungen auf Bestätigung. Bitte klicken Sie zuerst auf die Links in diesen E-Mails."))
    { Field = "email" };

    public static Refusal HoldOver { get; } = new("hold_over", new(
        "This place was not confirmed in time and has gone on. You can register again.",
        "Dieser Platz wurde nicht rechtzeitig bestätigt und ist weitergegeben. Sie können sich neu anmelden."));

    public static Refusal TooLateToCancel { get; } = new("event_over", new(
        "The event is over; there is nothing left to cancel.", "Die Veranstaltung ist vorbei; eine Absage ist nicht mehr möglich."));

    public static Refusal TooLateToCorrect { get; } = new("event_over", new(
        "The event is over; no more letters about it will come.", "Die Veranstaltung ist vorbei; es kommen keine Nachrichten mehr dazu."));

    public static Refusal UndoTooLate { get; } = new("undo_too_late", new(
        "It is too late to undo this. You can register again.",
        "Zum Rückgängigmachen ist es zu spät. Sie können sich neu anmelden."));

    /// <summary>Null for a door that lets people in, be it to the waiting list.</summary>
    public static Refusal? AtTheDoor(Event hosted, Door door, SiteTime site) => door switch
    {
        Door.Open or Door.WaitingList => null,
        Door.Draft => Refusal.NotFound,
        Door.Cancelled => new("event_cancelled", new("This event has been cancelled.", "Diese Veranstaltung wurde abgesagt.")),
        Door.Started => new("event_started", new(
            "This event has already started. Please ask at the door.",
            "Diese Veranstaltung hat schon begonnen. Bitte fragen Sie vor Ort nach.")),
        Door.NotYetOpen => NotYetOpen(site.Local(hosted.RegistrationOpens!.Value)),
        Door.Closed => new("registration_closed", new(
            "Registration for this event is closed.", "Die Anmeldung zu dieser Veranstaltung ist geschlossen.")),
        Door.Full => new("event_full", new(
            "This event and its waiting list are full.", "Diese Veranstaltung und ihre Warteliste sind voll.")),
        _ => throw new ArgumentOutOfRangeException(nameof(door), door, "A door that the house does not know."),
    };

    private static Refusal NotYetOpen(LocalDateTime opens)
    {
        var (day, time) = (TimeWords.Day(opens.Date), TimeWords.Clock(opens.TimeOfDay));
        return new("registration_not_open", new(
            $"Registration opens on {day.English} at {time.English}.",
            $"Die Anmeldung öffnet am {day.German}, um {time.German} Uhr."));
    }
}
