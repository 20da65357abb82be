using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Deciding by the signed link of the e-mail that asks, without signing in. The link is good for one person and one question, as long as
/// that person decides there; long after the answer it leads nowhere.
/// </summary>
public sealed class ApprovalByLink(
    HubDbFactory databases, HubTokenSigner tokenSigner, WaitingApprovals approvals, ApproveBookings approve, DeclineBookings decline,
    IClock clock)
{
    /// <summary>So long after it could be decided its link still says what became of it.</summary>
    public static readonly Duration SaysAfter = Duration.FromDays(30);

    /// <summary>Null for a wrong token, one of long ago, and one of somebody who no longer decides. Looking changes nothing.</summary>
    public async Task<ApprovalView?> Look(string token, CancellationToken stop) =>
        await Open(token, stop) is { } request && await Viewer(request.ApproverId, stop) is { } viewer
        && await approvals.Find(request.ApprovalId, viewer, stop) is { } view
        && clock.GetCurrentInstant() < view.Approval.LapsesAt + SaysAfter
            ? view : null;

    /// <summary>Refuses with not_found, and as <see cref="ApproveBookings"/> does.</summary>
    public async Task<Outcome<Approval>> Approve(string token, CancellationToken stop) =>
        await Open(token, stop) is { } request ? await approve.Run(request.ApprovalId, request.ApproverId, stop) : Refusal.NotFound;

    /// <summary>Refuses with not_found, and as <see cref="DeclineBookings"/> does.</summary>
    public async Task<Outcome<Approval>> Decline(string token, string? reason, CancellationToken stop) =>
        await Open(token, stop) is { } request ? await decline.Run(request.ApprovalId, request.ApproverId, reason, stop) : Refusal.NotFound;

    private async Task<ApprovalRequest?> Open(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Approval, token) is not { } id)
            return null;
        await using var db = databases.Open();
        return await db.ApprovalRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
    }

    private async Task<Viewer?> Viewer(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Viewer(memberId, clock.GetCurrentInstant(), stop);
    }
}
