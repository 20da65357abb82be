using DigiHub.Activity;

namespace DigiHub.Bookings;

/// <summary>What is done to bookings.</summary>
public static class BookingActs
{
    public static readonly Act<Guid> Created = Booking.Subject.Act("created");

    /// <summary>What had begun already came in by an import.</summary>
    public static readonly Act<Guid> Entered = Booking.Subject.Act("entered");

    public static readonly Act<Guid> Moved = Booking.Subject.Act("moved");
    public static readonly Act<Guid> Edited = Booking.Subject.Act("edited");
    public static readonly Act<Guid> Ended = Booking.Subject.Act("ended");
    public static readonly Act<Guid> Cancelled = Booking.Subject.Act("cancelled");

    /// <summary>What had come in by an import and was over went with it.</summary>
    public static readonly Act<Guid> Deleted = Booking.Subject.Act("deleted");

    /// <summary>It is another member's from then on, on whose behalf that was.</summary>
    public static readonly Act<Guid> HandedOver = Booking.Subject.Act("handed_over");

    public static readonly Act<Guid> Reinstated = Booking.Subject.Act("reinstated");
    public static readonly Act<Guid> Recomputed = Booking.Subject.Act("recomputed");
    public static readonly Act<Guid> LostSpace = Booking.Subject.Act("lost_space");
}
