using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Memberships;

/// <summary>
/// The reader of an invitation's link asks for another: because it has expired, or because they are signed in and want to join with that
/// account. Who invited is told by e-mail, and decides; accounts are never merged.
/// </summary>
public sealed class AskForInvitation(UnitOfWork unitOfWork, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>Told when who invited may not any more.</summary>
    private const int OthersMax = 10;

    /// <summary>
    /// Asking twice tells them once. Refuses with not_found for a wrong token, invitation_used and invitation_withdrawn.
    /// </summary>
    /// <param name="memberId">Who wants to join with their own account; null: the address itself asks, after it has expired.</param>
    public async Task<Outcome<Invitation>> Run(string token, Guid? memberId, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Invitation, token) is not { } id)
            return Refusal.NotFound;
        return await unitOfWork.Run<Invitation>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await db.Invitations.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } invitation)
                return Refusal.NotFound;
            var state = invitation.StateAt(now);
            if (state is InvitationState.Accepted or InvitationState.Withdrawn)
                return AcceptInvitation.WhyNot(state)!;
            if (memberId is null)
            {
                if (state == InvitationState.Open || invitation.AskedAt is not null)
                    return invitation; // there is nothing to ask for, or it was asked
                invitation.AskedAt = now;
            }

            var revision = $"{invitation.Emails}:{memberId:N}";
            var purpose = Notification.PurposeOf(InvitationNotifications.Asked, Invitation.Subject.Of(id), revision);
            if (await db.Notifications.AnyAsync(one => one.Purpose == purpose, stop))
                return invitation;
            foreach (var member in await Deciding(db, invitation, now, stop))
                db.Write(Notification.To(Recipient.Of(member), InvitationNotifications.Asked, Invitation.Subject.Of(id), now,
                    revision: revision, note: memberId?.ToString("N")));
            db.Record(now, memberId, InvitationActs.AskedAgain, id);
            return invitation;
        }, stop);
    }

    /// <summary>Who invited, if they still may; else who may.</summary>
    private static async Task<IReadOnlyList<Member>> Deciding(HubDb db, Invitation invitation, Instant now, CancellationToken stop)
    {
        var able = db.Members.AsNoTracking().Where(member => member.DisabledAt == null);
        if (invitation.InvitedById is { } inviterId && await db.MayInviteTo(invitation.OrganisationId, inviterId, now, stop))
            return await able.Where(member => member.Id == inviterId).ToListAsync(stop);

        var organisationId = invitation.OrganisationId;
        var administrators = db.Memberships.Standing()
            .Where(one => one.OrganisationId == organisationId && one.Role == MembershipRole.Administrator);
        var ofOrganisation = await able.Where(member => administrators.Any(one => one.MemberId == member.Id))
            .OrderBy(member => member.Id).Take(OthersMax).ToListAsync(stop);
        if (ofOrganisation.Count > 0)
            return ofOrganisation;
        var ofHub = db.RoleGrants.InForce(now).Giving(Permission.ManageMembers);
        return await able.Where(member => ofHub.Any(grant => grant.MemberId == member.Id))
            .OrderBy(member => member.Id).Take(OthersMax).ToListAsync(stop);
    }
}
