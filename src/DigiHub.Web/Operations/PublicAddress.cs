using Microsoft.Extensions.Options;

namespace DigiHub.Web.Operations;

/// <summary>The address at which people reach the hub, beside how requests really come in.</summary>
public sealed class PublicAddress(IOptions<HubSettings> settings, IConfiguration configuration)
{
    private readonly HubSettings hub = settings.Value;

    /// <summary>True for an address that people outside this machine use: what is for trying out only must not stand behind it.</summary>
    public bool IsPublic => !hub.PublicUrl.IsLoopback;

    /// <summary>
    /// What cannot work as it is set, in words for the operator; the hub starts all the same, because a proxy can be fixed later.
    /// </summary>
    public IEnumerable<string> Doubts()
    {
        if (hub.PublicUrl.Scheme == Uri.UriSchemeHttps && hub.Server.KnownProxies.Count == 0
            && !Listening.Addresses(configuration).Any(Listening.IsHttps))
        {
            yield return "DigiHub:PublicUrl is https, but the hub listens on http and DigiHub:Server:KnownProxies is empty, "
                + "so every page will be refused. " +
                "Add the address your reverse proxy connects from (127.0.0.1 if it runs on this machine).";
        }
    }
}
