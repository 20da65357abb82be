using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Memberships;

/// <summary>Takes an invitation back: its link says so, and an e-mail that has not left is not sent.</summary>
public sealed class WithdrawInvitation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found: for who may not, and for one that has ended already.</summary>
    public Task<Outcome<Invitation>> Run(Guid invitationId, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<Invitation>(async db =>
        {
            var now = clock.GetCurrentInstant();
            var found = await db.InvitationToChange(invitationId, actorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            found.Value.WithdrawnAt = now;
            db.Record(now, actorId, InvitationActs.Withdrawn, invitationId);
            return found.Value;
        }, stop);
}
