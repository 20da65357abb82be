using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Recognises a double submit of the booking form.</summary>
public sealed class JustBooked(HubDbFactory databases, IClock clock)
{
    /// <summary>A booking older than this is no double submit.</summary>
    private static readonly Duration doublePressFor = Duration.FromMinutes(1);

    /// <summary>The member's own booking of this space and time that was made within the last minute; null: there is none.</summary>
    public async Task<Guid?> Find(Guid memberId, int spaceId, LocalSpan when, CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - doublePressFor;
        await using var db = databases.Open();
        var mine = await db.Bookings.AsNoTracking()
            .Where(one => one.MemberId == memberId && one.SpaceId == spaceId
                && one.Status == BookingStatus.Confirmed && one.CreatedAt >= since)
            .ToListAsync(stop);
        return mine.Find(one => one.LocalSpan == when)?.Id;
    }

    /// <summary>The same of any of a pool, in the transaction that would make the second.</summary>
    internal static async Task<Booking?> OfPool(
        HubDb db, Guid memberId, int poolId, LocalSpan when, Instant now, CancellationToken stop)
    {
        var since = now - doublePressFor;
        var mine = await db.Bookings.AsNoTracking()
            .Where(one => one.MemberId == memberId && one.PoolId == poolId
                && one.Status == BookingStatus.Confirmed && one.CreatedAt >= since)
            .ToListAsync(stop);
        return mine.Find(one => one.LocalSpan == when);
    }
}
