using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>Decides just before a notification leaves whether it should wait, such as for the end of the quiet hours.</summary>
public interface INotificationWait
{
    bool Concerns(NotificationType type);

    /// <summary>
    /// Until when it waits; null: it may leave now. Never as late as the notification's NotAfter: what cannot wait leaves at an
    /// unwelcome hour rather than not at all.
    /// </summary>
    Task<Instant?> Until(HubDb db, Notification notification, Instant now, CancellationToken stop);
}
