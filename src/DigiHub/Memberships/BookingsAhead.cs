using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
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
            foreach (var booking in ahead.Where(one => one.SeriesId is null && one.IsStanding))
            {
                // The other part of a meeting goes with it, in the same e-mail.
                if (booking.MeetingId is { } meeting && ahead.Find(one => one.MeetingId == meeting && one != booking) is { } other)
                    await MeetingParts.Cancel(db, booking, other, member, actorId, now, stop);
                else
                    await CancelBooking.Cancel(db, booking, member, actorId, now, stop);
            }

            foreach (var dates in ahead.Where(one => one.SeriesId is not null).GroupBy(one => one.SeriesId!.Value))
            {
                var series = await db.BookingSeries.SingleAsync(one => one.Id == dates.Key, stop);
                await CancelInSeries.Cancel(db, series, [.. dates], member, actorId, now, stop);
            }

            return ahead.Count;
        }

        /// <summary>
        /// Hands those of these members to a colleague, who gets one e-mail about all. What that one may not have is cancelled or kept as
        /// is wished; without a wish all is refused with hand_over_not_possible. The caller holds the locks of all. Answers by member.
        /// </summary>
        public async Task<Outcome<Dictionary<Guid, BookingsSettled>>> HandOverBookingsAhead(
            HubDirectory map, IReadOnlyList<Member> members, Member to, BookingsAheadWish? rest, Guid? actorId, Instant now,
            CancellationToken stop)
        {
            var former = members.ToDictionary(one => one.Id);
            Guid[] ids = [.. former.Keys];
            var ahead = await db.Bookings
                .Where(one => EF.Parameter(ids).Contains(one.MemberId) && one.Status == BookingStatus.Confirmed && one.Start > now)
                .OrderBy(one => one.Start).ThenBy(one => one.Id).ToListAsync(stop);
            var why = await HandOverBookings.WhyNot(db, map, ahead, to, now, stop);
            if (why.Count > 0 && rest is null)
                return HandOverBookings.Impossible(map, ahead, why, to, "handOverTo");

            var (given, left) = (ahead.FindAll(one => !why.ContainsKey(one.Id)), ahead.FindAll(one => why.ContainsKey(one.Id)));
            var gone = given.ToLookup(one => one.MemberId, one => new BookingThen(one.SpaceId, one.LocalSpan));
            await HandOverBookings.Run(db, map, given, former, to, actorId, now, stop);
            if (rest == BookingsAheadWish.Cancel)
            {
                foreach (var booking in left)
                    await CancelBooking.Cancel(db, booking, former[booking.MemberId], actorId, now, stop);
            }

            return former.Keys.ToDictionary(id => id, id => new BookingsSettled(
                rest == BookingsAheadWish.Cancel ? left.Count(one => one.MemberId == id) : 0, [.. gone[id]]));
        }
    }
}
