using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>
/// Ends at the door what was taken there, so that the rest of its time is free. What a member has booked ends by them alone: a screen that
/// anybody can touch does not take it from them.
/// </summary>
public sealed class EndAtDoor(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (no such screen; or a booking of another room, or of a member), already_over, already_released and busy.
    /// </summary>
    /// <param name="secret">Of the screen's cookie.</param>
    public Task<Outcome<Booking>> Run(string secret, Guid bookingId, CancellationToken stop) => unitOfWork.Run(
        async db =>
        {
            var taken = await DeviceAtRoom.Take(db, catalogue, secret, Nobody.Id, stop);
            if (!taken.IsDone)
                return taken.Refusal;
            var (_, space, place) = taken.Value;
            var booking = await db.Bookings.SingleOrDefaultAsync(
                one => one.Id == bookingId && one.SpaceId == space.Id && one.IsWalkUp, stop);
            if (booking is null)
                return Refusal.NotFound;
            var now = clock.GetCurrentInstant();
            if (Bookings.CheckIn.CheckInRules.Closed(booking.StageAt(now)) is { } closed)
                return closed;
            if (await CancelBooking.EndNow(db, booking, space, place, now, stop))
                db.Record(now, actorId: null, BookingActs.Ended, booking.Id);
            return (Outcome<Booking>)booking;
        },
        stop);
}
