using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <param name="ActorId">Who may manage roles of that site or the hub; null for the operator.</param>
/// <param name="SiteId">Null: those for the whole hub.</param>
public sealed record RevokeRolesRequest(Guid MemberId, IReadOnlyCollection<Role> Roles, Guid? ActorId, int? SiteId = null);

/// <summary>Takes roles from a member; that counts at the member's next request. What they hold elsewhere stays.</summary>
public sealed class RevokeRoles(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>False if they held none of them. Refuses with role, not_found, own_access and last_administrator.</summary>
    public Task<Outcome<bool>> Run(RevokeRolesRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<bool>(async db =>
        {
            if (request.Roles.Count == 0)
                return MemberAccess.NoRole;
            var found = await db.ForAccess(request.MemberId, request.ActorId, actor => actor.MayManageRolesOf(request.SiteId), now, stop);
            if (!found.IsDone)
                return found.Refusal;
            if (request.MemberId == request.ActorId)
                return MemberAccess.OwnAccess;

            Role[] roles = [.. request.Roles];
            var held = await db.RoleGrants
                .Where(grant => grant.MemberId == request.MemberId && grant.SiteId == request.SiteId && roles.Contains(grant.Role))
                .ToListAsync(stop);
            if (held.Exists(grant => grant is { Role: Role.Administrator, SiteId: null, EndsAt: null })
                && await db.IsLastAdministrator(found.Value, stop))
                return MemberAccess.LastAdministrator;
            db.RemoveRange(held);
            List<Role> inForce = [.. held.Where(grant => grant.IsInForce(now)).Select(grant => grant.Role)];
            if (inForce.Count > 0)
            {
                var revoked = GrantRoles.Written(inForce, request.SiteId);
                db.Record(now, request.ActorId, MemberActs.RolesRevoked, request.MemberId, revoked);
                db.TellAccessChanged(
                    found.Value, new(AccessChange.Revoked, inForce, request.SiteId, Through: null, request.ActorId), now);
            }

            return inForce.Count > 0;
        }, stop);
    }
}
