using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Reminders were planned outside the quiet hours; but the settings may be others by now, or a relay that was away until the
/// evening would have them leave at night.
/// </summary>
internal sealed class QuietHoursWait(Catalogue catalogue) : INotificationWait
{
    public bool Concerns(NotificationType type) => type.Class == NotificationClass.Reminder;

    public async Task<Instant?> Until(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        notification.NextAttemptAt >= notification.DueAt // else somebody had it sent ahead, to read it now
        && notification.SiteId is { } siteId && (await catalogue.Map(stop)).Place(siteId) is { } place
            ? place.Quiet.Wait(now, notification.NotAfter, place.Time)
            : null;
}
