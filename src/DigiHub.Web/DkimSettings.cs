using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>Signing e-mails by the hub itself, where the relay does not. One key or both; without any nothing is signed.</summary>
public sealed class DkimSettings
{
    private const string Selector = @"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";
    private const string NoSelector = "Use letters, digits and hyphens, as in a DNS name.";

    /// <summary>Empty: the domain of the sender. For DMARC it must be that or one above it.</summary>
    [StringLength(253)]
    public string? Domain { get; init; }

    /// <summary>A private key of at least 2048 bits, PEM.</summary>
    public string? RsaKeyFile { get; init; }

    [Required, RegularExpression(Selector, ErrorMessage = NoSelector), StringLength(63)]
    public string RsaSelector { get; init; } = "hub-rsa";

    /// <summary>A private key, PEM; not all receivers know its kind, so use it beside RSA.</summary>
    public string? Ed25519KeyFile { get; init; }

    [Required, RegularExpression(Selector, ErrorMessage = NoSelector), StringLength(63)]
    public string Ed25519Selector { get; init; } = "hub-ed25519";
}
