using DigiHub.Notifications;

namespace DigiHub.Webhooks;

/// <summary>What owners of webhooks are told.</summary>
public static class WebhookNotifications
{
    /// <summary>A webhook was stopped.</summary>
    public static readonly NotificationType Stopped = new(
        "webhook_stopped", NotificationClass.Transactional,
        words: new("Webhook stopped", "Webhook angehalten"),
        occasion: new("because you set up the webhook", "weil Sie den Webhook eingerichtet haben",
            "weil du den Webhook eingerichtet hast"));
}
