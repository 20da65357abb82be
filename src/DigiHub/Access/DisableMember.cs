using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>
/// Disables a member, at once and everywhere: sessions, sign-in links, tokens and the calendar feed end in the same commit.
/// Bookings and registrations stay, for staff to decide about.
/// </summary>
public sealed class DisableMember(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>False if they were disabled already. Refuses with not_found, own_access and last_administrator.</summary>
    /// <param name="actorId">An administrator; null for the operator.</param>
    public Task<Outcome<bool>> Run(Guid memberId, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<bool>(async db =>
        {
            var found = await db.ForAccess(memberId, actorId, MemberAccess.ManagesMembers, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var member = found.Value;
            if (memberId == actorId)
                return MemberAccess.OwnAccess;
            if (member.DisabledAt is not null)
                return false;
            if (await db.IsLastAdministrator(member, stop))
                return MemberAccess.LastAdministrator;
            if (await db.IsLastAdministratorOfAnOrganisation(memberId, stop))
                return MemberAccess.LastAdministratorOfAnOrganisation;

            member.DisabledAt = now;
            await db.SignOutEverywhere(member, now, stop);
            await db.AccessTokens.Where(token => token.MemberId == memberId && token.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), stop);
            db.Record(now, actorId, MemberActs.Disabled, memberId);
            db.TellAccessChanged(member, new(AccessChange.Disabled, [], SiteId: null, Through: null, actorId), now);
            return true;
        }, stop);
    }
}
