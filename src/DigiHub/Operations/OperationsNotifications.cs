using DigiHub.Notifications;

namespace DigiHub.Operations;

/// <summary>What administrators are told about the running of the hub.</summary>
public static class OperationsNotifications
{
    /// <summary>Something is wrong with the notifications themselves, and what to do.</summary>
    public static readonly NotificationType Alarm = new(
        "alarm", NotificationClass.Transactional,
        words: new("Alert", "Warnmeldung"),
        occasion: new("because you’re an administrator of the hub", "weil Sie den Hub verwalten", "weil du den Hub verwaltest"));
}
