using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>Enables a disabled member. Their tokens and their feed stay revoked.</summary>
public sealed class EnableMember(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>False if they were not disabled. Refuses with not_found and own_access.</summary>
    /// <param name="actorId">An administrator; null for the operator.</param>
    public Task<Outcome<bool>> Run(Guid memberId, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<bool>(async db =>
        {
            var found = await db.ForAccess(memberId, actorId, MemberAccess.ManagesMembers, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            if (memberId == actorId)
                return MemberAccess.OwnAccess;
            if (found.Value.DisabledAt is null)
                return false;

            found.Value.DisabledAt = null;
            db.Record(now, actorId, MemberActs.Enabled, memberId);
            db.TellAccessChanged(found.Value, new(AccessChange.Enabled, [], SiteId: null, Through: null, actorId), now);
            return true;
        }, stop);
    }
}
