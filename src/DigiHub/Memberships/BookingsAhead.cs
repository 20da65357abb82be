using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

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

/// <summary>What became of the bookings ahead.</summary>
/// <param name="HandedOver">As they were when they went to the colleague.</param>
internal sealed record BookingsSettled(int Cancelled, IReadOnlyList<BookingThen> HandedOver)
{
    public static BookingsSettled None { get; } = new(0, []);
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

        /// <summary>
        /// Hands them to a colleague. What that one may not have is cancelled or kept as is wished; without a wish all is refused with
        /// hand_over_not_possible. The caller holds the locks of both.
        /// </summary>
        public async Task<Outcome<BookingsSettled>> HandOverBookingsAhead(
            HubDirectory map, Member member, Member to, BookingsAheadWish? rest, Guid? actorId, Instant now, CancellationToken stop)
        {
            var ahead = await db.BookingsAheadOf(member.Id, now).ToListAsync(stop);
            var why = await HandOverBookings.WhyNot(db, map, ahead, to, now, stop);
            if (why.Count > 0 && rest is null)
                return HandOverBookings.Impossible(map, ahead, why, to, "handOverTo");

            var (given, left) = (ahead.FindAll(one => !why.ContainsKey(one.Id)), ahead.FindAll(one => why.ContainsKey(one.Id)));
            await HandOverBookings.Run(db, map, given, member, to, actorId, now, stop);
            if (rest == BookingsAheadWish.Cancel)
            {
                foreach (var booking in left)
                    await CancelBooking.Cancel(db, booking, member, actorId, now, stop);
            }

            return new BookingsSettled(rest == BookingsAheadWish.Cancel ? left.Count : 0,
                [.. given.Select(one => new BookingThen(one.SpaceId, one.LocalSpan))]);
        }
    }
}
