using DigiHub.Events;
using DigiHub.Time;

namespace DigiHub.Registrations;

/// <summary>Why somebody cannot register, said to them.</summary>
internal static class RegistrationRefusals
{
    public static Refusal ConfirmFirst { get; } = new("confirm_first", new(
        $"{Registration.HeldPerAddressMax} registrations with this address aren’t confirmed yet. Open the links in those e-mails first.",
        $"Mit dieser Adresse warten schon {Registration.HeldPerAddressMax} Anmeldungen auf Bestätigung. "
            + "Öffnen Sie zuerst die Links in diesen E-Mails.",
        $"Mit dieser Adresse warten schon {Registration.HeldPerAddressMax} Anmeldungen auf Bestätigung. Öffne zuerst die Links in diesen "
            + "E-Mails."))
    { Field = "email" };

    public static Refusal HoldOver { get; } = new("hold_over", new(
        "This registration wasn’t confirmed in time and has lapsed. You can register again.",
        "Diese Anmeldung wurde nicht rechtzeitig bestätigt und ist verfallen. Sie können sich neu anmelden.",
        "Diese Anmeldung wurde nicht rechtzeitig bestätigt und ist verfallen. Du kannst dich neu anmelden."));

    public static Refusal TooLateToCancel { get; } = new("event_over", new(
        "This event is over, so the registration can’t be cancelled.",
        "Die Veranstaltung ist vorbei. Die Anmeldung lässt sich nicht mehr stornieren."));

    public static Refusal TooLateToCorrect { get; } = new("event_over", new(
        "This event is over. We won’t send any more e-mails about it.",
        "Die Veranstaltung ist vorbei. Wir senden dazu keine E-Mails mehr."));

    public static Refusal UndoTooLate { get; } = new("undo_too_late", new(
        "It’s too late to undo this. You can register again.",
        "Zum Wiederherstellen ist es zu spät. Sie können sich neu anmelden.",
        "Zum Wiederherstellen ist es zu spät. Du kannst dich neu anmelden."));

    /// <summary>Null while registration is open, at least for the waiting list.</summary>
    public static Refusal? ByState(Event evt, RegistrationState state, SiteTime site) => state switch
    {
        RegistrationState.Open or RegistrationState.WaitingList => null,
        RegistrationState.Draft => Refusal.NotFound,
        RegistrationState.Cancelled => new("event_cancelled", new("This event is cancelled.", "Diese Veranstaltung ist abgesagt.")),
        RegistrationState.Started => new("event_started", new(
            "This event has already started. Ask at the check-in.",
            "Diese Veranstaltung hat schon begonnen. Fragen Sie am Check-in nach.",
            "Diese Veranstaltung hat schon begonnen. Frag am Check-in nach.")),
        RegistrationState.NotYetOpen => NotYetOpen(site.Local(evt.RegistrationOpens!.Value)),
        RegistrationState.Closed => new("registration_closed", new(
            "Registration for this event is closed.", "Die Anmeldung zu dieser Veranstaltung ist geschlossen.")),
        RegistrationState.Full => new("event_full", new(
            "This event is full, and so is the waiting list.", "Diese Veranstaltung ist ausgebucht, und die Warteliste ist voll.")),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    private static Refusal NotYetOpen(LocalDateTime opens)
    {
        var (day, time) = (TimeWords.OnDay(opens.Date), TimeWords.Clock(opens.TimeOfDay));
        return new("registration_not_open", new(
            $"Registration opens on {day.English} at {time.English}.",
            $"Die Anmeldung öffnet am {day.German}, um {time.German} Uhr."));
    }
}
