using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Ends a booking that is running, so that the rest of its time is free; <see cref="CancelBooking"/> does the same, but cancels what has
/// not begun.
/// </summary>
public sealed class EndBooking(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, stale, not_begun, already_cancelled, already_released, already_over and busy.
    /// </summary>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Booking>> Run(
        Guid bookingId, Guid actorId, int? ifRevision, CancellationToken stop, Alongside<Booking>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var now = clock.GetCurrentInstant();
                var taken = await LockedBooking.Take(db, map, bookingId, actorId, next: null, ifRevision, now, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                return taken.Value.Booking.StageAt(now) == BookingStage.Upcoming
                    ? CheckInRules.NotBegun
                    : await CancelBooking.Apply(db, map, taken.Value, actorId, now, stop);
            },
            stop, along);
    }
}
