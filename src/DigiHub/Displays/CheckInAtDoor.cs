using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>
/// Somebody at the door says on its screen that they use what is booked there: the room stays theirs. It is not asked who they are, so the
/// act names nobody.
/// </summary>
public sealed class CheckInAtDoor(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// A second time it changes nothing. Refuses with not_found (no such screen, or a booking of another room), busy, and as
    /// <see cref="CheckInBooking"/> does.
    /// </summary>
    /// <param name="secret">Of the screen's cookie.</param>
    public async Task<Outcome<Booking>> Run(string secret, Guid bookingId, CancellationToken stop)
    {
        var memberId = await MemberOf(bookingId, stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await DeviceAtRoom.Take(db, catalogue, secret, memberId, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (_, space, place) = taken.Value;
                var booking = await db.Bookings.SingleOrDefaultAsync(
                    one => one.Id == bookingId && one.SpaceId == space.Id && one.MemberId == memberId, stop);
                if (booking is null)
                    return Refusal.NotFound;
                var now = clock.GetCurrentInstant(); // behind the locks, where a release may have waited for us, or we for it
                if (CheckInRules.WhyNot(booking, space, place, CheckInWay.Door, now) is { } refusal)
                    return refusal;
                if (booking.CheckedInAt is not null)
                    return booking;
                booking.CheckIn(CheckInWay.Door, now);
                await BookingEmails.CheckIn(db, booking, stop);
                db.Record(now, actorId: null, BookingActs.CheckedIn, booking.Id);
                return (Outcome<Booking>)booking;
            },
            stop);
    }

    private async Task<Guid> MemberOf(Guid bookingId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Bookings.Where(one => one.Id == bookingId).Select(one => one.MemberId).SingleOrDefaultAsync(stop);
    }
}
