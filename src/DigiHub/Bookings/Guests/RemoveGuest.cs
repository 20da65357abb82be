using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Guests;

/// <summary>Takes a guest off a booking; who was invited is told. A second time it changes nothing.</summary>
public sealed class RemoveGuest(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses with not_found, member_disabled and busy.</summary>
    public async Task<Outcome<BookingGuest>> Run(Guid bookingId, Guid guestId, Guid actorId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var now = clock.GetCurrentInstant();
                var taken = await LockedBooking.Take(db, map, bookingId, actorId, next: null, ifRevision: null, now, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                if (await db.BookingGuests.SingleOrDefaultAsync(
                    one => one.Id == guestId && one.BookingId == bookingId, stop) is not { } guest)
                    return Refusal.NotFound;
                if (guest.IsExpected)
                {
                    guest.Remove(now);
                    db.Record(now, actorId, BookingActs.GuestsChanged, bookingId, onBehalfOf: taken.Value.Member.Id);
                }

                return (Outcome<BookingGuest>)guest;
            },
            stop);
    }
}
