using DigiHub.Activity;

namespace DigiHub.Webhooks;

/// <summary>What is done to webhooks and their deliveries.</summary>
public static class WebhookActs
{
    public static readonly Act<Guid> Added = WebhookEndpoint.Subject.Act("added");
    public static readonly Act<Guid> SecretChanged = WebhookEndpoint.Subject.Act("secret_changed");
    public static readonly Act<Guid> Stopped = WebhookEndpoint.Subject.Act("stopped");
    public static readonly Act<Guid> Resumed = WebhookEndpoint.Subject.Act("resumed");
    public static readonly Act<Guid> Removed = WebhookEndpoint.Subject.Act("removed");
    public static readonly Act<Guid> Pinged = WebhookEndpoint.Subject.Act("pinged");
    public static readonly Act<Guid> Redelivered = WebhookDelivery.Subject.Act("redelivered");
}
