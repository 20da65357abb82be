using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>Where webhooks may go beside public servers, and how long is known what was told.</summary>
public sealed class WebhookSettings
{
    /// <summary>Hosts ("chat.intern") or hosts with ports ("chat.intern:9443") that may be posted to though they are in the hub's own network.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Days after which a delivery and its attempts are forgotten.</summary>
    [Range(1, 365)]
    public int KeepDays { get; init; } = 30;
}
