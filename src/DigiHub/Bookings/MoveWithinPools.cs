using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Plans where bookings of pools go whose desk or room is needed: to the least used free one of the same pool, each at its own time.
/// </summary>
internal static class MoveWithinPools
{
    /// <summary>The spaces whose locks the caller holds before it plans: all of the pools that any of these belongs to.</summary>
    public static IEnumerable<Space> Members(HubDirectory map, params IEnumerable<Space> leaving) =>
        leaving.Select(space => map.Pool(space.PoolId)).OfType<Pool>().Distinct().SelectMany(map.MembersOf);

    /// <summary>
    /// Under those locks: which of the bookings can go where, by id. What is not in it was booked by itself, has begun or was
    /// checked in, or finds nothing free in its pool.
    /// </summary>
    /// <param name="except">Where none of them may go.</param>
    /// <param name="decided">Where others go in the same act.</param>
    public static async Task<Dictionary<Guid, Space>> Plan(
        HubDb db, HubDirectory map, IEnumerable<Booking> bookings, IReadOnlyCollection<int> except,
        IEnumerable<SettledBooking> decided, Instant now, CancellationToken stop)
    {
        Dictionary<Guid, Space> plan = [];
        var ahead = bookings
            .Where(booking => booking.PoolId is not null && booking.CheckedInAt is null && booking.StageAt(now) == BookingStage.Upcoming)
            .OrderBy(booking => booking.Start).ToList();
        if (ahead.Count == 0)
            return plan;

        var pools = ahead.Select(booking => booking.PoolId).Distinct().Select(map.Pool).OfType<Pool>().ToDictionary(pool => pool.Id);
        List<Space> members = [.. pools.Values.SelectMany(map.MembersOf).Where(space => space.IsOffered && !except.Contains(space.Id))];
        if (members.Count == 0)
            return plan;
        var window = ClaimSpace.Widest(members, new Span(ahead.Min(booking => booking.Start), ahead.Max(booking => booking.End)));
        var free = await FreeTimes.Load(db, members, window, new HashSet<Guid>(), stop);
        foreach (var (booking, to) in decided)
        {
            if (to is not null)
                free.Take(to, ClaimSpace.Blocked(to, booking.Span));
        }

        var used = await PoolChoice.Used(db, [.. members.Select(space => space.Id)], now, stop);
        foreach (var booking in ahead)
        {
            var to = members
                .Where(space => space.PoolId == booking.PoolId
                    && BookingRules.CheckSameStart(space, map.PlaceOf(space), booking.LocalSpan, now).IsDone
                    && free.IsFree(space, ClaimSpace.Blocked(space, booking.Span)))
                .MinBy(space => used.GetValueOrDefault(space.Id));
            if (to is null)
                continue;
            free.Take(to, ClaimSpace.Blocked(to, booking.Span));
            used[to.Id] = used.GetValueOrDefault(to.Id) + 1;
            plan[booking.Id] = to;
        }

        return plan;
    }
}
