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

    /// <summary>It holds its space and waits for approval, new or once more after a change.</summary>
    public static readonly Act<Guid> ApprovalAsked = Booking.Subject.Act("approval_asked");

    public static readonly Act<Guid> Approved = Booking.Subject.Act("approved");

    public static readonly Act<Guid> Declined = Booking.Subject.Act("declined");

    /// <summary>Nobody decided in time, and its space is free again.</summary>
    public static readonly Act<Guid> Lapsed = Booking.Subject.Act("lapsed");

    /// <summary>Guests were added to it, or taken off.</summary>
    public static readonly Act<Guid> GuestsChanged = Booking.Subject.Act("guests_changed");

    /// <summary>What had come in by an import and was over went with it.</summary>
    public static readonly Act<Guid> Deleted = Booking.Subject.Act("deleted");

    /// <summary>It is another member's from then on, on whose behalf that was.</summary>
    public static readonly Act<Guid> HandedOver = Booking.Subject.Act("handed_over");

    public static readonly Act<Guid> Reinstated = Booking.Subject.Act("reinstated");
    /// <summary>Like all acts on presence, in the name of its actor only where somebody else did it: no list tells who came when.</summary>
    public static readonly Act<Guid> CheckedIn = Booking.Subject.Act("checked_in");

    /// <summary>Who has it comes later: it waits longer for them.</summary>
    public static readonly Act<Guid> KeptLonger = Booking.Subject.Act("kept_longer");

    /// <summary>Nobody checked in, and its space is free again.</summary>
    public static readonly Act<Guid> Released = Booking.Subject.Act("no_show");

    /// <summary>Whose was released came after all.</summary>
    public static readonly Act<Guid> ReleaseUndone = Booking.Subject.Act("no_show_undone");

    /// <summary>A running one ends later.</summary>
    public static readonly Act<Guid> Extended = Booking.Subject.Act("extended");

    public static readonly Act<Guid> Recomputed = Booking.Subject.Act("recomputed");
    public static readonly Act<Guid> LostSpace = Booking.Subject.Act("lost_space");
}
