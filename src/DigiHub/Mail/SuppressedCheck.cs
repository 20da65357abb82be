using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>Lets no notification go to an address that is suppressed for its class; but for those by which its owner can mend that.</summary>
internal sealed class SuppressedCheck : INotificationCheck
{
    public const string Reason = "suppressed";

    public bool Concerns(NotificationType kind) => kind is not (NotificationType.SignInLink or NotificationType.AddressToConfirm or NotificationType.AccountAddressToConfirm);

    public async Task<string?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (email, isReminder) = (notification.NormalizedEmail, notification.Class != NotificationClass.Service);
        return await db.Suppressions.AnyAsync(
            one => one.NormalizedEmail == email && (one.Scope == SuppressionScope.Everything || (isReminder && one.Scope == SuppressionScope.Reminders)), stop)
            ? Reason
            : null;
    }
}
