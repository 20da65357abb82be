using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>
/// Puts a member into an organisation, without asking them: for who manages all members. Administrators of an organisation
/// invite (<see cref="InvitePeople"/>), since they know nobody of other organisations.
/// </summary>
public sealed class AddToOrganisation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// The membership, also where it stood already. Refuses with not_found (also for who may not), organisation_retired and
    /// organisation_full.
    /// </summary>
    public Task<Outcome<Membership>> Run(Guid memberId, string slug, MembershipRole role, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<Membership>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if ((await db.Viewer(actorId, now, stop))?.May(Permission.ManageMembers) != true
                || await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member
                || await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, stop) is not { } organisation)
                return Refusal.NotFound;

            var joined = await db.JoinOrganisation(memberId, organisation.Id, role, actorId, now, stop);
            if (joined.IsDone && db.Entry(joined.Value).State == EntityState.Added)
                db.TellMembershipChanged(member, joined.Value, new(MembershipChange.Added), actorId, now);
            return joined;
        }, stop);
}
