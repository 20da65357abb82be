using DigiHub.Notifications;

namespace DigiHub.Events;

/// <summary>What attendees are told about an event.</summary>
public static class EventNotifications
{
    public static readonly NotificationType Changed = new(
        "event_changed", NotificationClass.Transactional,
        words: new("Event changed", "Veranstaltung geändert"),
        occasion: new("because important details of the event changed", "weil sich an der Veranstaltung Wichtiges geändert hat"));

    public static readonly NotificationType Cancelled = new(
        "event_cancelled", NotificationClass.Transactional,
        words: new("Event cancelled", "Veranstaltung abgesagt"),
        occasion: new("because the event was cancelled", "weil die Veranstaltung abgesagt wurde"));
}
