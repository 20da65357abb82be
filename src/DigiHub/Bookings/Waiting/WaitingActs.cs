using DigiHub.Activity;

namespace DigiHub.Bookings.Waiting;

/// <summary>What is done to the waiting list.</summary>
public static class WaitingActs
{
    public static readonly Act<Guid> Joined = WaitingEntry.Subject.Act("joined");

    /// <summary>Something became free and is held for its member.</summary>
    public static readonly Act<Guid> Offered = WaitingEntry.Subject.Act("offered");

    public static readonly Act<Guid> Declined = WaitingEntry.Subject.Act("declined");

    /// <summary>Nobody answered in time.</summary>
    public static readonly Act<Guid> Lapsed = WaitingEntry.Subject.Act("lapsed");

    public static readonly Act<Guid> Booked = WaitingEntry.Subject.Act("booked");

    /// <summary>Taken back, over, or no longer needed; the detail says which.</summary>
    public static readonly Act<Guid> Ended = WaitingEntry.Subject.Act("ended");
}
