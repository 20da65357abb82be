using DigiHub.Activity;

namespace DigiHub.Bookings.Series;

/// <summary>What is done to series as a whole: one act, however many dates. What is done to one date is an act on its booking.</summary>
public static class SeriesActs
{
    public static readonly Act<Guid> Created = BookingSeries.Subject.Act("created");
    public static readonly Act<Guid> Changed = BookingSeries.Subject.Act("changed");

    /// <summary>Titles or reminders only.</summary>
    public static readonly Act<Guid> Edited = BookingSeries.Subject.Act("edited");

    /// <summary>Ended before a date, the rest of it became a series of its own.</summary>
    public static readonly Act<Guid> Split = BookingSeries.Subject.Act("split");

    /// <summary>Dates of it wait for approval together.</summary>
    public static readonly Act<Guid> ApprovalAsked = BookingSeries.Subject.Act("approval_asked");

    public static readonly Act<Guid> Approved = BookingSeries.Subject.Act("approved");
    public static readonly Act<Guid> Declined = BookingSeries.Subject.Act("declined");
    public static readonly Act<Guid> Lapsed = BookingSeries.Subject.Act("lapsed");

    public static readonly Act<Guid> Cancelled = BookingSeries.Subject.Act("cancelled");
}
