using DigiHub.Access;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>
/// The cookies that matter for security, by the way the hub is reached. Over https they are named __Host- and Secure, which
/// a browser accepts from this host only. Over plain http, where the hub serves only its own machine
/// (HubSettings refuses any other), a browser would refuse that prefix and some (Safari, programs) any Secure cookie, so
/// there they go without both. Which of the two is decided by the configured address, not by the request: a request that
/// came unencrypted to an https hub gets no weaker cookie.
/// </summary>
public sealed class HubCookies(IOptions<HubSettings> settings)
{
    private readonly bool https = settings.Value.PublicUrl.Scheme == Uri.UriSchemeHttps;

    public string Session => https ? "__Host-hub" : "hub";

    public string Antiforgery => https ? "__Host-hub-form" : "hub-form";

    /// <summary>The member who last signed in here, encrypted: forms sent after the session has ended are kept for them.</summary>
    public string LastMember => https ? "__Host-hub-last" : "hub-last";

    /// <summary>The key of a kept form.</summary>
    public string KeptForm => https ? "__Host-hub-kept" : "hub-kept";

    /// <summary>The secret of a screen at a door or in a lobby.</summary>
    public string Device => https ? "__Host-hub-device" : "hub-device";

    public CookieSecurePolicy SecurePolicy => https ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    public CookieOptions Options(DateTimeOffset? expires = null) => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = https,
        SameSite = SameSiteMode.Lax, // Strict would show a member as signed out who comes by a link in an e-mail
        IsEssential = true,
        Expires = expires,
    };
}
