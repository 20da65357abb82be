using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>Which private hosts webhooks may call, and how long deliveries are kept.</summary>
public sealed class WebhookSettings
{
    /// <summary>
    /// Hosts ("chat.intern") or hosts with ports ("chat.intern:9443") that may be posted to though they are in the hub's own network.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Days after which a delivery and its attempts are forgotten.</summary>
    [Range(1, 365)]
    public int KeepDays { get; init; } = 30;
}
