using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Approvals;

/// <summary>A question that somebody may decide now, read under the locks of the members whose bookings it is about.</summary>
/// <param name="Bookings">Those that wait, tracked; at least one.</param>
/// <param name="Members">Whose they are, by id.</param>
internal sealed record LockedApproval(Approval Approval, IReadOnlyList<Booking> Bookings, IReadOnlyDictionary<Guid, Member> Members)
{
    /// <summary>
    /// Refuses with not_found (also for who may not decide), member_disabled, stale, already_approved, already_declined,
    /// approval_withdrawn, and approval_lapsed by the time alone, whether or not the job has come by.
    /// </summary>
    public static async Task<Outcome<LockedApproval>> Take(
        HubDb db, HubDirectory map, Guid approvalId, Guid actorId, IClock clock, CancellationToken stop)
    {
        if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is not { } actor)
            return BookingRules.MemberDisabled;
        var seen = await db.Approvals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == approvalId, stop);
        if (seen is null || map.Space(seen.SpaceId) is not { } space || !await AskApproval.MayDecide(db, actor, space, stop))
            return Refusal.NotFound;
        var members = await db.Bookings.PendingOf(approvalId).Select(one => one.MemberId).Distinct().ToListAsync(stop);
        await db.AcquireLocks(members.Select(LockKey.OfSubject), stop);

        var now = clock.GetCurrentInstant(); // behind the locks, where another decision or the job may have been before us
        var approval = await db.Approvals.SingleAsync(one => one.Id == approvalId, stop);
        if (!approval.IsWaiting)
        {
            var byId = approval.DecidedById;
            var by = await db.Members.Where(one => one.Id == byId).Select(one => one.Name).SingleOrDefaultAsync(stop);
            return ApprovalRefusals.Decided(approval, by, map.PlaceOf(space));
        }

        if (approval.LapsesAt <= now)
            return ApprovalRefusals.Lapsed;
        var bookings = await db.Bookings.PendingOf(approvalId).OrderBy(one => one.Start).ToListAsync(stop);
        if (bookings.Count == 0)
            return ApprovalRefusals.Withdrawn;
        if (bookings.Exists(one => !members.Contains(one.MemberId)))
            return Refusal.Stale;
        return new LockedApproval(
            approval, bookings, await db.Members.Where(one => members.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop));
    }
}
