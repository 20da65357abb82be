using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Memberships;

/// <summary>Makes somebody an administrator of their organisation, or a plain member of it again.</summary>
public sealed class ChangeMembershipRole(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// False if they were that already. Refuses with not_found (also for who may not) and, for the last administrator of the
    /// organisation, with last_administrator.
    /// </summary>
    /// <param name="actorId">An administrator of the organisation, or who manages members.</param>
    public Task<Outcome<bool>> Run(string slug, Guid memberId, MembershipRole role, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            var found = await db.MembershipToChange(slug, memberId, actorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var (membership, member) = found.Value;
            if (membership.Role == role)
                return false;
            if (role != MembershipRole.Administrator && await db.IsLastAdministratorOf(membership, stop))
                return MembershipRules.LastAdministrator;

            membership.Role = role;
            db.Record(now, actorId, MembershipActs.RoleChanged, membership.Id, role.ToString(), onBehalfOf: memberId);
            db.TellMembershipChanged(member, membership,
                new(role == MembershipRole.Administrator ? MembershipChange.MadeAdministrator : MembershipChange.MadeMember), actorId, now);
            return true;
        }, stop);
}
