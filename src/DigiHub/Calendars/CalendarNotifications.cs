using DigiHub.Notifications;

namespace DigiHub.Calendars;

/// <summary>What people are asked because of what their calendars answered.</summary>
public static class CalendarNotifications
{
    /// <summary>A calendar program said "declined" in somebody's name: the person is asked whether they mean it.</summary>
    public static readonly NotificationType DeclineToConfirm = new(
        "decline_to_confirm", NotificationClass.Transactional,
        words: new("Confirm a cancellation", "Stornierung bestätigen"),
        occasion: new("because your calendar declined the invitation", "weil Ihr Kalender die Einladung abgelehnt hat",
            "weil dein Kalender die Einladung abgelehnt hat"));
}
