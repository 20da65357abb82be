namespace DigiHub.Bookings.Guests;

internal static class GuestRefusals
{
    public static Refusal TooMany { get; } = new("too_many_guests", new(
        $"A booking can have at most {BookingGuest.PerBookingMax} guests by name. State the number of people instead.",
        $"Eine Buchung kann höchstens {BookingGuest.PerBookingMax} Gäste mit Namen haben. Geben Sie stattdessen die Personenzahl an.",
        $"Eine Buchung kann höchstens {BookingGuest.PerBookingMax} Gäste mit Namen haben. Gib stattdessen die Personenzahl an."))
    { Field = "guests" };

    public static Refusal None { get; } = new("guests_missing", new("Name at least one guest.", "Nennen Sie mindestens einen Gast.",
        "Nenne mindestens einen Gast."))
    { Field = "guests" };

    public static Refusal NameMissing { get; } = new("name_missing", new("Enter the guest’s name.", "Geben Sie den Namen des Gastes ein.",
        "Gib den Namen des Gastes ein."))
    { Field = "name" };

    public static Refusal NotThatDay { get; } = new("not_that_day", new(
        "Arrivals are marked on the day of the booking.", "Ankünfte werden am Tag der Buchung vermerkt."));
}
