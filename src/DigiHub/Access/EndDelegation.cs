using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Access;

/// <summary>Ends a delegation, by whose bookings it is about or by the delegate; the other one is told. What was booked stays.</summary>
public sealed class EndDelegation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found, also for who has no part in it.</summary>
    public async Task<Outcome<Delegation>> Run(Guid delegationId, Guid actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run(
            async db =>
            {
                if (await db.Delegations.SingleOrDefaultAsync(
                    one => one.Id == delegationId && (one.MemberId == actorId || one.DelegateId == actorId), stop) is not { } delegation)
                    return Refusal.NotFound;
                db.Delegations.Remove(delegation);
                db.Record(now, actorId, DelegationActs.Ended, delegation.Id, onBehalfOf: delegation.MemberId);
                var otherId = delegation.MemberId == actorId ? delegation.DelegateId : delegation.MemberId;
                if (await db.Members.SingleAsync(one => one.Id == otherId, stop) is { DisabledAt: null } other)
                    db.Write(Notification.To(Recipient.Of(other), DelegationNotifications.Ended, Member.Subject.Of(actorId), now,
                        revision: $"{Guid.NewGuid():N}", note: delegation.MemberId == actorId ? null : DelegationNotifications.ByDelegate));
                return (Outcome<Delegation>)delegation;
            },
            stop);
    }
}
