using DigiHub.Time;

namespace DigiHub.Web.Bookings;

/// <summary>
/// The pages that search for free spaces say only that a past day is over. Its opening hours and alternatives are
/// useless, and the next open day after it may be past, too.
/// </summary>
public static class PastDay
{
    public static Refusal Refusal(LocalDate day) => new("in_the_past", new(
        $"{TimeWords.Day(day).English} is over. Choose today or a later day.",
        $"{TimeWords.Day(day).German} ist vorbei. Wählen Sie heute oder einen späteren Tag.",
        $"{TimeWords.Day(day).Familiar} ist vorbei. Wähle heute oder einen späteren Tag."))
    { Field = "day" };
}
