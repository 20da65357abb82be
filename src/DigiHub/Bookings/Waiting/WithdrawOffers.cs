using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Waiting;

/// <summary>
/// Takes back what is only held for somebody, since the hub itself needs the space: who waits keeps their place, and nothing counts against
/// them.
/// </summary>
internal static class WithdrawOffers
{
    /// <summary>The caller holds the locks of the space, under which offers of it are answered and lapse.</summary>
    public static async Task Run(HubDb db, Space space, Span blocked, Instant now, CancellationToken stop)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var kind = Claim.Offered;
        var ids = await db.Claims.Overlapping(units, blocked).Where(claim => claim.HolderKind == kind)
            .Select(claim => claim.HolderId).Distinct().ToArrayAsync(stop);
        if (ids.Length == 0)
            return;
        foreach (var offer in await db.WaitingOffers.Where(one => ids.Contains(one.Id) && one.Status == OfferStatus.Open).ToListAsync(stop))
            offer.Close(OfferStatus.Withdrawn, now);
        await ClaimSpace.Release(db, WaitingOffer.Subject, ids, stop);
    }
}
