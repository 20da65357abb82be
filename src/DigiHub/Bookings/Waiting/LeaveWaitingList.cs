using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Waiting;

/// <summary>Ends an entry of the waiting list. What was just offered for it goes to the next who waits.</summary>
public sealed class LeaveWaitingList(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found, member_disabled, waiting_over and busy.</summary>
    public Task<Outcome<WaitingEntry>> Run(Guid entryId, Guid actorId, CancellationToken stop, Alongside<WaitingEntry>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is not { } actor)
                    return BookingRules.MemberDisabled;
                var memberId = await db.WaitingEntries.Where(one => one.Id == entryId)
                    .Select(one => one.MemberId).SingleOrDefaultAsync(stop);
                await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
                var now = clock.GetCurrentInstant();
                if (await db.WaitingEntries.SingleOrDefaultAsync(one => one.Id == entryId, stop) is not { } entry
                    || !MayEnd(actor, entry))
                    return Refusal.NotFound;
                if (!entry.IsOpen)
                    return WaitingRefusals.Over;
                await EndEntry.Run(db, entry, WaitingStatus.Left, actorId, now, stop);
                return (Outcome<WaitingEntry>)entry;
            },
            stop, along);

    /// <summary>Its member, and who books for others at its site; for any site, at all.</summary>
    public static bool MayEnd(Viewer viewer, WaitingEntry entry) => viewer.MemberId == entry.MemberId
        || (entry.SiteId is { } siteId ? viewer.May(Permission.BookForOthers, siteId) : viewer.May(Permission.BookForOthers));
}

/// <summary>The one way in which an entry ends that has led to nothing.</summary>
internal static class EndEntry
{
    /// <summary>The caller holds the lock of its member.</summary>
    public static async Task Run(
        HubDb db, WaitingEntry entry, WaitingStatus how, Guid? actorId, Instant now, CancellationToken stop)
    {
        var open = db.WaitingOffers.Where(one => one.EntryId == entry.Id && one.Status == OfferStatus.Open);
        if (await open.SingleOrDefaultAsync(stop) is { } offer)
        {
            await ClaimSpace.Release(db, WaitingOffer.Subject.Of(offer.Id), stop);
            offer.Close(OfferStatus.Withdrawn, now);
        }

        entry.End(how, now);
        db.Record(now, actorId, WaitingActs.Ended, entry.Id, $"{how}", onBehalfOf: entry.MemberId);
    }

    /// <summary>All of a member who goes, in the transaction of that act; the caller holds their lock.</summary>
    public static async Task OfMember(HubDb db, Guid memberId, Instant now, CancellationToken stop)
    {
        foreach (var entry in await db.WaitingEntries.Where(one => one.MemberId == memberId && one.Status == WaitingStatus.Waiting)
            .ToListAsync(stop))
            await Run(db, entry, WaitingStatus.Left, actorId: null, now, stop);
    }
}
