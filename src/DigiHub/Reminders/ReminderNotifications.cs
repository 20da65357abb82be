using DigiHub.Notifications;

namespace DigiHub.Reminders;

/// <summary>What reminds people of their days.</summary>
public static class ReminderNotifications
{
    public static readonly NotificationType OfEvent = new(
        "event_reminder", NotificationClass.Reminder,
        words: new("Event reminder", "Erinnerung an eine Veranstaltung"),
        occasion: new("because you’re registered and asked for reminders", "weil Sie angemeldet sind und erinnert werden möchten",
            "weil du angemeldet bist und erinnert werden möchtest"));

    /// <summary>
    /// All that a member has on one day, at all sites, for who asked for it; stands in for the reminders of the day before.
    /// </summary>
    public static readonly NotificationType DayDigest = new(
        "day_digest", NotificationClass.Reminder,
        words: new("Daily overview", "Tagesübersicht"),
        occasion: new("Daily overview", "Tagesübersicht"));
}
