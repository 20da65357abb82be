using DigiHub.Data;
using DigiHub.Members;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Ends what nobody decided on in time: each minute, and before somebody is told that what it held is taken. The bookings lapse, their
/// spaces are free, and their members are told.
/// </summary>
public sealed class LapseApprovals(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock, ILogger<LapseApprovals> log)
{
    private const int ApprovalsMax = 200;

    /// <summary>Says how many ended.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var lapsed = 0;
        foreach (var id in await Due(stop))
        {
            try
            {
                var outcome = await unitOfWork.Run(db => Lapse(db, id, stop), stop);
                if (outcome is { IsDone: true, Value: true })
                    lapsed++;
                else if (!outcome.IsDone)
                    log.LogWarning("The approval {Approval} could not lapse: {Code}", id, outcome.Refusal.Code);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // one must not keep the others
            {
                log.LogError(exception, "The approval {Approval} could not lapse", id);
            }
        }

        return lapsed;
    }

    private async Task<List<Guid>> Due(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await db.Approvals.AsNoTracking().Where(one => one.State == ApprovalState.Waiting && one.LapsesAt <= now)
            .OrderBy(one => one.LapsesAt).ThenBy(one => one.Id).Take(ApprovalsMax).Select(one => one.Id).ToListAsync(stop);
    }

    /// <summary>False where a decision was faster.</summary>
    private async Task<Outcome<bool>> Lapse(HubDb db, Guid id, CancellationToken stop)
    {
        var people = await db.Bookings.PendingOf(id).Select(one => one.MemberId).Distinct().ToListAsync(stop);
        await db.AcquireLocks(people.Select(LockKey.OfSubject), stop);
        var now = clock.GetCurrentInstant();
        var approval = await db.Approvals.SingleAsync(one => one.Id == id, stop);
        if (!approval.IsWaiting || approval.LapsesAt > now)
            return false;
        var bookings = await db.Bookings.PendingOf(id).OrderBy(one => one.Start).ToListAsync(stop);
        if (bookings.Exists(one => !people.Contains(one.MemberId)))
            return false; // handed over meanwhile; the next run finds it
        if (bookings.Count == 0)
        {
            approval.Decide(ApprovalState.Withdrawn, byId: null, reason: null, now);
            return true;
        }

        approval.Decide(ApprovalState.Lapsed, byId: null, reason: null, now);
        var members = await db.Members.Where(one => people.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop);
        await EndPending.Run(db, new(approval, bookings, members), BookingStatus.Lapsed, actorId: null, now, stop);
        return true;
    }
}
