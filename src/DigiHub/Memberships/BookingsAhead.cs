using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Memberships;

/// <summary>
/// What becomes of bookings when a membership ends. People book in the name of their home organisation, so only the end of that one
/// concerns their bookings.
/// </summary>
public enum BookingsAheadWish
{
    /// <summary>They stay, at the member's own cost.</summary>
    Keep,

    /// <summary>They are cancelled, and the member gets the usual e-mail of each.</summary>
    Cancel,
}

internal static class BookingsAhead
{
    extension(HubDb db)
    {
        /// <summary>Not begun yet, the soonest first; of one member bounded, series included.</summary>
        public IQueryable<Booking> BookingsAheadOf(Guid memberId, Instant now) => db.Bookings
            .Where(booking => booking.MemberId == memberId && booking.Status == BookingStatus.Confirmed && booking.Start > now)
            .OrderBy(booking => booking.Start);

        /// <summary>Says how many there were. The caller holds the lock of the member.</summary>
        public async Task<int> CancelBookingsAhead(Member member, Guid? actorId, Instant now, CancellationToken stop)
        {
            var ahead = await db.BookingsAheadOf(member.Id, now).ToListAsync(stop);
            foreach (var booking in ahead.Where(one => one.SeriesId is null))
                await CancelBooking.Cancel(db, booking, member, actorId, now, stop);
            foreach (var dates in ahead.Where(one => one.SeriesId is not null).GroupBy(one => one.SeriesId!.Value))
            {
                var series = await db.BookingSeries.SingleAsync(one => one.Id == dates.Key, stop);
                await CancelInSeries.Cancel(db, series, [.. dates], member, actorId, now, stop);
            }

            return ahead.Count;
        }
    }
}
