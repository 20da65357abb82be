using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Checks somebody in to a desk or room they have booked, so that they keep it: themselves, or who books for others. Of a check-in and a
/// release in the same moment one succeeds; the other finds it done.
/// </summary>
public sealed class CheckInBooking(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// A second time it changes nothing. Refuses with not_found, member_disabled, already_cancelled, already_released, already_over,
    /// check_in_not_asked and check_in_not_open.
    /// </summary>
    /// <param name="how">Counts where the actor has the booking; else it is the front desk.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Booking>> Run(
        Guid bookingId, Guid actorId, CheckInWay how, CancellationToken stop, Alongside<Booking>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await LockedBooking.Take(
                    db, map, bookingId, actorId, next: null, ifRevision: null, clock.GetCurrentInstant(), stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (booking, _, space) = taken.Value;
                var isOwn = booking.MemberId == actorId;
                var now = clock.GetCurrentInstant(); // behind the locks, where a release may have waited for us, or we for it
                return await Apply(db, booking, space, map.PlaceOf(space), isOwn ? how : CheckInWay.FrontDesk,
                    isOwn ? null : actorId, now, stop);
            },
            stop, along);
    }

    private static async Task<Outcome<Booking>> Apply(
        HubDb db, Booking booking, Space space, SiteContext place, CheckInWay how, Guid? byId, Instant now, CancellationToken stop)
    {
        if (CheckInRules.WhyNot(booking, space, place, how, now) is { } refusal)
            return refusal;
        if (booking.CheckedInAt is not null)
            return booking;
        booking.CheckIn(how, now);
        await BookingEmails.CheckIn(db, booking, stop);
        db.Record(now, byId, BookingActs.CheckedIn, booking.Id);
        return booking;
    }
}
