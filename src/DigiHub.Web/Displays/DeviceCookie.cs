using DigiHub.Displays;
using DigiHub.Web.Account;
using Device = DigiHub.Displays.Device;

namespace DigiHub.Web.Displays;

/// <summary>
/// The cookie by which a screen is known: it holds the secret of its code first, of which pairing makes the token of the device, and
/// nothing else. It is no sign-in, and gives nothing but the one page of that screen.
/// </summary>
public sealed class DeviceCookie(KnownDevices devices, HubCookies cookies, IClock clock)
{
    /// <summary>Browsers keep no cookie longer than 400 days; a screen that is used gets it again each time.</summary>
    private static readonly Duration life = Duration.FromDays(400);

    /// <summary>Null: the browser has none, or rubbish.</summary>
    public string? SecretOf(HttpRequest request) =>
        request.Cookies[cookies.Device] is { Length: > 0 and <= 100 } secret ? secret : null;

    /// <summary>The screen that asks; null for a browser that is none, and for a screen that was revoked.</summary>
    public async Task<Device?> Find(HttpContext http)
    {
        var secret = SecretOf(http.Request);
        var device = await devices.Find(secret, http.RequestAborted);
        if (device is not null)
            Keep(http, secret!);
        return device;
    }

    public void Keep(HttpContext http, string secret) =>
        http.Response.Cookies.Append(cookies.Device, secret, cookies.Options((clock.GetCurrentInstant() + life).ToDateTimeOffset()));
}
