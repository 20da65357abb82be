using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>Looks at the world again just before a notification leaves: is it still true?</summary>
public interface INotificationCheck
{
    bool Concerns(NotificationType kind);

    /// <summary>Null if the notification is still true; else a short reason for the row, such as "cancelled" or "moved".</summary>
    Task<string?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop);
}
