using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A desk or room of a pool that the rules allow, and the real time of the span there.</summary>
internal sealed record PoolCandidate(Space Space, Span Span)
{
    public Span Blocked => ClaimSpace.Blocked(Space, Span);
}

/// <summary>
/// Which desk or room of a pool a booking gets: of those that the rules allow and that are free then, the least used. That is the one with
/// the fewest standing bookings that began in the last 30 days or are still ahead; of several, the first in the order of the site.
/// </summary>
internal static class PoolChoice
{
    private static readonly Duration lookedBack = Duration.FromDays(30);

    /// <summary>
    /// Those of the pool that may be booked, in the order of the site, whether or not they are free. Refuses with pool_empty where none is
    /// on offer, else with the first rule that says no, and names the pool.
    /// </summary>
    /// <param name="check">The rules for one of them.</param>
    public static Outcome<List<PoolCandidate>> Allowed(HubDirectory map, Pool pool, int? people, Func<Space, Outcome<Span>> check)
    {
        if (people < 1)
            return BookingRules.NobodyComes;
        List<PoolCandidate> candidates = [];
        Refusal? first = null;
        foreach (var space in map.MembersOf(pool).Where(space => space.IsOffered))
        {
            var span = BookingRules.CheckPeople(space, people) is { } tooMany ? tooMany : check(space);
            if (span.IsDone)
                candidates.Add(new(space, span.Value));
            else
                first ??= span.Refusal;
        }

        if (candidates.Count > 0)
            return candidates;
        return first is null ? BookingRules.PoolEmpty(pool) : BookingRules.NotInPool(pool, first);
    }

    /// <summary>Under the locks of all of them. Null: none is free.</summary>
    /// <param name="preferredId">Taken where it is free, however much it is used.</param>
    /// <param name="except">A booking whose own claims do not count: it goes from where it is.</param>
    public static async Task<PoolCandidate?> LeastUsed(
        HubDb db, IReadOnlyList<PoolCandidate> candidates, int? preferredId, Guid? except, Instant now, CancellationToken stop)
    {
        var window = new Span(candidates.Min(one => one.Blocked.Start), candidates.Max(one => one.Blocked.End));
        HashSet<Guid> going = except is { } id ? [id] : [];
        var free = await FreeTimes.Load(db, [.. candidates.Select(one => one.Space)], window, going, stop);
        List<PoolCandidate> open = [.. candidates.Where(one => free.IsFree(one.Space, one.Blocked))];
        if (open.Find(one => one.Space.Id == preferredId) is { } preferred)
            return preferred;
        if (open.Count < 2)
            return open.FirstOrDefault();
        var used = await Used(db, [.. open.Select(one => one.Space.Id)], now, stop);
        return open.MinBy(one => used.GetValueOrDefault(one.Space.Id)); // the first of several
    }

    /// <summary>How often each of them is used: the number that <see cref="LeastUsed"/> compares.</summary>
    public static async Task<Dictionary<int, int>> Used(HubDb db, int[] spaceIds, Instant now, CancellationToken stop)
    {
        var since = now - lookedBack;
        return await db.Bookings
            .Where(booking => spaceIds.Contains(booking.SpaceId) && booking.Status == BookingStatus.Confirmed && booking.Start > since)
            .GroupBy(booking => booking.SpaceId).Select(of => new { of.Key, Count = of.Count() })
            .ToDictionaryAsync(of => of.Key, of => of.Count, stop);
    }
}
