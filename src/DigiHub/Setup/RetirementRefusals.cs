using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>Why something cannot be retired yet.</summary>
internal static class RetirementRefusals
{
    public static IEnumerable<Refusal> WrongReason(LocalisedText reason)
    {
        if (reason.Words.English.Length > SettledNote.ReasonMax || reason.Words.German.Length > SettledNote.ReasonMax)
            yield return new("reason_too_long", new(
                $"Use at most {SettledNote.ReasonMax} characters.", $"Höchstens {SettledNote.ReasonMax} Zeichen sind möglich."))
            { Field = "reasonGerman" };
    }

    public static Refusal TooMuch { get; } = new("too_many_standing", new(
        $"More than {RetireSpaces.StandingMax} bookings and events stand there. Choose fewer desks and rooms, or a later day.",
        $"Dort stehen mehr als {RetireSpaces.StandingMax} Buchungen und Veranstaltungen. "
            + "Wählen Sie weniger Plätze und Räume oder einen späteren Tag.",
        $"Dort stehen mehr als {RetireSpaces.StandingMax} Buchungen und Veranstaltungen. Wähle weniger Plätze und Räume oder einen "
            + "späteren Tag."));

    public static Refusal InUse(Space space, LocalSpan until)
    {
        var when = TimeWords.Span(until);
        return new("space_in_use", new(
            $"{space.Name} is in use just now: {when.English}. Choose a later day.",
            $"{space.Name} wird gerade benutzt: {when.German}. Wählen Sie einen späteren Tag.",
            $"{space.Name} wird gerade benutzt: {when.Familiar}. Wähle einen späteren Tag."))
        { Field = "from" };
    }

    public static Refusal BookingUndecided(Booking booking)
    {
        var when = TimeWords.Span(booking.LocalSpan);
        return new("booking_undecided", new(
            $"Choose what becomes of the booking: {when.English}.",
            $"Wählen Sie, was aus der Buchung wird: {when.German}.",
            $"Wähle, was aus der Buchung wird: {when.Familiar}."))
        { Field = FieldOf(booking.Id) };
    }

    public static Refusal EventUndecided(Event evt) => new("event_undecided", new(
        $"Name another room for “{evt.Title.Words.English}”, or cancel the event first.",
        $"Nennen Sie einen anderen Raum für „{evt.Title.Words.German}“ oder sagen Sie die Veranstaltung zuerst ab.",
        $"Nenne einen anderen Raum für „{evt.Title.Words.Familiar}“ oder sag die Veranstaltung zuerst ab."))
    { Field = FieldOf(evt.Id) };

    public static Refusal Unsuitable(Guid id) => new("space_unsuitable", new(
        "Choose another one of the same kind at the same site.", "Wählen Sie einen anderen derselben Art am selben Standort.",
        "Wähle einen anderen derselben Art am selben Standort."))
    { Field = FieldOf(id) };

    public static Refusal Referred(Space space) => new("space_referred", new(
        $"{space.Name} was booked, closed or drawn on a plan. Retire it instead: what was remains readable.",
        $"{space.Name} war gebucht, gesperrt oder auf einem Plan. Legen Sie es stattdessen still: Was war, bleibt lesbar.",
        $"{space.Name} war gebucht, gesperrt oder auf einem Plan. Lege es stattdessen still: Was war, bleibt lesbar."));

    /// <summary>The field of one booking or event.</summary>
    private static string FieldOf(Guid id) => $"fate_{id}";
}
