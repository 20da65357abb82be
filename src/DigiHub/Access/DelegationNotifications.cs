using DigiHub.Notifications;

namespace DigiHub.Access;

/// <summary>What delegates are told, and those whose delegates they are; the subject is the other one.</summary>
public static class DelegationNotifications
{
    /// <summary>To the delegate; the note is the last day.</summary>
    public static readonly NotificationType Named = new(
        "delegate_named", NotificationClass.Transactional,
        words: new("Booking for a colleague", "Buchen für andere"),
        occasion: new("because a colleague lets you book for them", "weil Sie für jemanden aus Ihrer Organisation buchen dürfen",
            "weil du für jemanden aus deiner Organisation buchen darfst"));

    /// <summary>To the other one.</summary>
    public static readonly NotificationType Ended = new(
        "delegation_ended", NotificationClass.Transactional,
        words: new("Booking for a colleague ended", "Buchen für andere beendet"),
        occasion: new("because booking for each other has ended", "weil das Buchen füreinander beendet wurde"));

    /// <summary>The note where the delegate ended it.</summary>
    public const string ByDelegate = "delegate";
}
