using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <param name="Moved">Bookings of the pool that went to another desk or room of it.</param>
/// <param name="Stayed">Bookings for which nothing of the pool was free: they stay as bookings of the very desk or room.</param>
internal sealed record PoolLeft(int Moved, int Stayed);

/// <summary>
/// What comes before desks or rooms go from one pool to another, or to none: the bookings of the pool that stand there move within it, each
/// at its own time, and their members get an e-mail. Where nothing else is free the booking stays where it is and is one of that very desk.
/// </summary>
internal static class PoolMembership
{
    /// <summary>
    /// The caller holds the exclusive lock of the catalogue, and moves the spaces after this. Refuses with not_of_pool, too_many_spaces and
    /// too_many_standing; nothing may be saved then.
    /// </summary>
    /// <param name="map">In force, read before the caller saved anything.</param>
    /// <param name="moves">All of the act, each space as it is before, and where it goes; null: to none.</param>
    public static async Task<Outcome<PoolLeft>> Prepare(
        HubDb db, HubDirectory map, IReadOnlyCollection<(Space Space, int? PoolId)> moves, Guid? actorId, Instant now,
        CancellationToken stop)
    {
        var going = moves.Where(move => move.Space.PoolId != move.PoolId).ToList();
        if (going.Count == 0)
            return new PoolLeft(0, 0);
        foreach (var coming in going.Where(move => move.PoolId is not null).ToLookup(move => move.PoolId, move => move.Space))
        {
            if (map.Pool(coming.Key) is not { } pool)
                return PoolRules.Unknown("pool");
            if (PoolRules.WhyNotIn(pool, [.. coming], "pool") is { } refusal)
                return refusal;
            var leaving = going.Count(move => move.Space.PoolId == pool.Id);
            if (map.MembersOf(pool).Count() - leaving + coming.Count() > Pool.MembersMax)
                return PoolRules.TooManyMembers;
        }

        int[] changed = [.. going.SelectMany(move => new[] { move.Space.PoolId, move.PoolId }).OfType<int>().Distinct()];
        foreach (var pool in await db.Pools.Where(pool => changed.Contains(pool.Id)).ToListAsync(stop))
            pool.Revision++;
        int[] gone = [.. going.Where(move => move.Space.PoolId is not null).Select(move => move.Space.Id)];
        return await Leave(db, map, gone, actorId, now, stop);
    }

    private static async Task<Outcome<PoolLeft>> Leave(
        HubDb db, HubDirectory map, int[] ids, Guid? actorId, Instant now, CancellationToken stop)
    {
        if (ids.Length == 0)
            return new PoolLeft(0, 0);
        List<Space> leaving = [.. ids.Select(map.Space).OfType<Space>()];
        await db.AcquireLocks(ClaimSpace.Locks([.. leaving, .. MoveWithinPools.Members(map, leaving)]), stop);
        var bookings = await db.Bookings.Where(booking => ids.Contains(booking.SpaceId) && booking.PoolId != null
            && booking.Status == BookingStatus.Confirmed && booking.Start > now)
            .OrderBy(booking => booking.Start).ThenBy(booking => booking.Id).Take(PoolRules.StandingMax + 1).ToListAsync(stop);
        if (bookings.Count > PoolRules.StandingMax)
            return PoolRules.TooMuch;

        var plan = await MoveWithinPools.Plan(db, map, bookings, ids, [], now, stop);
        var told = await SettleBookings.Run(db, map,
            [.. bookings.Where(booking => plan.ContainsKey(booking.Id)).Select(booking => new SettledBooking(booking, plan[booking.Id]))],
            reason: default, actorId, now, stop);
        if (!told.IsDone)
            return told.Refusal;
        foreach (var booking in bookings.Where(booking => !plan.ContainsKey(booking.Id)))
        {
            booking.LeavePool();
            db.Record(now, actorId, BookingActs.Edited, booking.Id, changes: BookingChanges.Of(db, booking), onBehalfOf: booking.MemberId);
        }

        return new PoolLeft(plan.Count, bookings.Count - plan.Count);
    }
}
