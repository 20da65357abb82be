using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>Takes roles from a member; that counts at the member's next request.</summary>
public sealed class RevokeRoles(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>False if they had none of them. Refuses with role, not_found, own_access and last_administrator.</summary>
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
            var held = roles & found.Value.Roles;
            if (held == Roles.Member)
                return false;
            if ((held & Roles.Administrator) != Roles.Member && await db.IsLastAdministrator(found.Value, stop))
                return MemberAccess.LastAdministrator;

            found.Value.Roles &= ~held;
            db.Record(now, actorId, Act.MemberRolesRevoked, memberId, held.ToString());
            db.TellAccessChanged(found.Value, AccessChange.Revoked, held.ToString(), actorId, now);
            return true;
        }, stop);
    }
}
