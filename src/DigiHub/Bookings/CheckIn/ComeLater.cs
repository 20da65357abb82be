using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.CheckIn;

/// <summary>Who has a booking says that they come later: it waits for them a quarter of an hour longer, once.</summary>
public sealed class ComeLater(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// A second time, and after the check-in, it changes nothing. Refuses with not_found, member_disabled, already_cancelled,
    /// already_released, already_over and check_in_not_asked.
    /// </summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Booking>> Run(Guid bookingId, Guid actorId, CancellationToken stop, Alongside<Booking>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await LockedBooking.Take(
                    db, map, bookingId, actorId, next: null, ifRevision: null, clock.GetCurrentInstant(), stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var booking = taken.Value.Booking;
                var now = clock.GetCurrentInstant();
                var refusal = CheckInRules.Closed(booking.StageAt(now)) ?? (booking.CheckInBy is null ? CheckInRules.NotAsked : null);
                if (refusal is not null)
                    return refusal;
                if (booking.ComesLaterAt is null && booking.CheckedInAt is null)
                {
                    booking.ComeLater(now);
                    db.Record(now, booking.MemberId == actorId ? null : actorId, BookingActs.KeptLonger, booking.Id);
                }

                return (Outcome<Booking>)booking;
            },
            stop, along);
    }
}
