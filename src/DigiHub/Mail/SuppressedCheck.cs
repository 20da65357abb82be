using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// Holds back notifications to an address that is suppressed for their class, except those by which its owner can lift that.
/// </summary>
internal sealed class SuppressedCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => !type.ReachesSuppressed;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (email, isReminder) = (notification.NormalizedEmail, notification.Class != NotificationClass.Transactional);
        return await db.Suppressions.AnyAsync(
            one => one.NormalizedEmail == email
                && (one.Scope == SuppressionScope.Everything || (isReminder && one.Scope == SuppressionScope.Reminders)), stop)
            ? NotificationReason.Suppressed
            : null;
    }
}
