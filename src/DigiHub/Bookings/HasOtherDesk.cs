using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A person sits at one desk at a time; rooms and booths may go with a desk.</summary>
internal static class HasOtherDesk
{
    /// <summary>True if the wish is a desk and the member has another one at some time of the span.</summary>
    public static async Task<bool> Has(HubDb db, Guid memberId, Space wish, Span span, Guid exceptBookingId, CancellationToken stop)
    {
        if (wish.Kind != SpaceKind.Desk)
            return false;
        var (start, end) = span;
        var desks = db.Spaces.Where(space => space.Kind == SpaceKind.Desk);
        return await db.Bookings.AnyAsync(own => own.MemberId == memberId && own.Id != exceptBookingId
            && own.Status == BookingStatus.Confirmed && own.Start < end && own.End > start
            && desks.Any(desk => desk.Id == own.SpaceId), stop);
    }
}
