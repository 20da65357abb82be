using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Declines what waits: its space is free again as if it was cancelled, and its member reads why, with what else is free.
/// </summary>
public sealed class DeclineBookings(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses with reason_missing and reason_too_long, as <see cref="LockedApproval"/> does, and with busy.</summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Approval>> Run(
        Guid approvalId, Guid actorId, string? reason, CancellationToken stop, Alongside<Approval>? along = null)
    {
        if (TypedText.Line(reason) is not { } why)
            return ApprovalRefusals.ReasonMissing;
        if (why.Length > Approval.ReasonMax)
            return ApprovalRefusals.ReasonTooLong;
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await LockedApproval.Take(db, map, approvalId, actorId, clock, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var now = clock.GetCurrentInstant();
                taken.Value.Approval.Decide(ApprovalState.Declined, actorId, why, now);
                await EndPending.Run(db, taken.Value, BookingStatus.Declined, actorId, now, stop);
                return (Outcome<Approval>)taken.Value.Approval;
            },
            stop, along);
    }
}
