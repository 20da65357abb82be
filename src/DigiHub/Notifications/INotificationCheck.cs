using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>Checks just before a notification leaves whether it is still true.</summary>
public interface INotificationCheck
{
    bool Concerns(NotificationType type);

    /// <summary>Null if the notification is still true; else why it is not, for the row.</summary>
    Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop);
}
