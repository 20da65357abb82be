using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Approvals;

/// <summary>What those who decide are told: one e-mail about all that waits for them.</summary>
public static class ApprovalNotifications
{
    public static readonly NotificationType Waiting = new(
        "approvals_waiting", NotificationClass.Transactional,
        words: new("Bookings wait for approval", "Buchungen warten auf Genehmigung"),
        occasion: new("because you decide on bookings", "weil Sie über Buchungen entscheiden", "weil du über Buchungen entscheidest"));
}

/// <summary>Leaves only while something waits for its reader.</summary>
internal sealed class ApprovalNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == ApprovalNotifications.Waiting;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (readerId, approvals, bookings) = (notification.SubjectId, db.Approvals, db.Bookings);
        return await db.ApprovalRequests.AnyAsync(request => request.ApproverId == readerId && approvals.Any(one =>
            one.Id == request.ApprovalId && one.State == ApprovalState.Waiting && one.LapsesAt > now
            && bookings.Any(booking => booking.ApprovalId == one.Id && booking.ApproveBy != null
                && booking.Status == BookingStatus.Confirmed)), stop)
            ? null : NotificationReason.Over;
    }
}
