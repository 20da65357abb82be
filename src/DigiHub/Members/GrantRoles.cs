using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>Gives a member roles; they count at the member's next request.</summary>
public sealed class GrantRoles(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>False if they had them already. Refuses with role, not_found and own_access.</summary>
    /// <param name="actorId">An administrator; null for the operator.</param>
    public Task<Outcome<bool>> Run(Guid memberId, Roles roles, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<bool>(async db =>
        {
            if (roles == Roles.Member)
                return MemberAccess.NoRole;
            var found = await db.ForAccess(memberId, actorId, stop);
            if (!found.IsDone)
                return found.Refusal;
            if (memberId == actorId)
                return MemberAccess.OwnAccess;
            var fresh = roles & ~found.Value.Roles;
            if (fresh == Roles.Member)
                return false;

            found.Value.Roles |= fresh;
            db.Record(now, actorId, Act.MemberRolesGranted, memberId, fresh.ToString());
            db.TellAccessChanged(found.Value, AccessChange.Granted, fresh.ToString(), actorId, now);
            return true;
        }, stop);
    }
}
