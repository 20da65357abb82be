using DigiHub.Time;

namespace DigiHub.Web.Bookings;

/// <summary>How often a series comes, in one word for a badge.</summary>
public static class RecurrenceOften
{
    /// <summary>"weekly"; what is not said in a word is a "series".</summary>
    public static Words Of(Recurrence pattern) => pattern switch
    {
        { Every: > 1 } => new("series", "Serie"),
        { Kind: RecurrenceKind.Daily } => new("daily", "täglich"),
        { Kind: RecurrenceKind.Weekly } => new("weekly", "wöchentlich"),
        _ => new("monthly", "monatlich"),
    };
}
