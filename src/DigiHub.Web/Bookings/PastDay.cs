using DigiHub.Time;

namespace DigiHub.Web.Bookings;

/// <summary>
/// What the pages that look for something free say of a day gone by: that it is over. Opening hours and alternatives of that day are
/// nobody's business any more, and the next open day after it lies in the past as well.
/// </summary>
public static class PastDay
{
    public static Refusal Refusal(LocalDate day) => new("in_the_past", new(
        $"{TimeWords.Day(day).English} is over. Choose today or a later day.",
        $"{TimeWords.Day(day).German} ist vorbei. Wählen Sie heute oder einen späteren Tag."))
    { Field = "day" };
}
