using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Webhooks;

/// <summary>
/// Prevents server-side request forgery: https to public addresses on ports 443 and 8443 only. A name is
/// resolved once, and the connection goes to the address that was checked, so that a name server which answers differently the second
/// time gains nothing. Hosts listed in the settings are exempt, such as an internal chat server.
/// </summary>
public sealed class EgressGuard(IOptions<HubSettings> settings)
{
    private static readonly IPNetwork[] special4 = Networks(
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 "
            + "192.52.193.0/24 192.88.99.0/24 " +
        "192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4");

    // Of IPv6 only global unicast is left in the first place, so that mapped, compatible, translated (64:ff9b), local and multicast
    // addresses need no list; within it, what wraps other addresses (Teredo, 6to4) or leads nowhere.
    private static readonly IPNetwork[] special6 = Networks("2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20");

    private readonly IReadOnlyList<string> exceptions = settings.Value.Webhooks.AllowedHosts;

    /// <summary>Resolves a name; replaced by tests.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public IReadOnlyList<int> Ports { get; init; } = [443, 8443];

    /// <summary>Null if this may be posted to, as far as its text tells; what its name leads to is looked at when it is called.</summary>
    public Words? WhyNot(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0)
            return new("Enter a full address that starts with https://.", "Geben Sie eine ganze Adresse ein, die mit https:// beginnt.",
                "Gib eine ganze Adresse ein, die mit https:// beginnt.");
        if (address.UserInfo.Length > 0)
            return new("Leave out the user name and password: anyone could read them here.",
                "Lassen Sie Benutzername und Passwort weg: Alle könnten sie hier lesen.",
                "Lass Benutzername und Passwort weg: Alle könnten sie hier lesen.");
        if (IsExcepted(address.IdnHost, address.Port))
            return null;
        if (!Ports.Contains(address.Port))
            return new("Use port 443 or 8443. Other ports aren’t allowed.", "Nutzen Sie Port 443 oder 8443. Andere sind nicht erlaubt.",
                "Nutze Port 443 oder 8443. Andere sind nicht erlaubt.");
        return IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && !IsPublic(literal) || address.IsLoopback
            ? new("Use the address of a public server.", "Nutzen Sie die Adresse eines öffentlichen Servers.",
                "Nutze die Adresse eines öffentlichen Servers.")
            : null;
    }

    /// <summary>Connects to where the guard has looked, and nowhere else.</summary>
    /// <exception cref="EgressRefusedException">Any of the addresses is not public.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, stop);
        // Refuses if any address is private: a mixed answer is suspicious.
        if (addresses.Length == 0 || (!IsExcepted(host, port) && !Array.TrueForAll(addresses, IsPublic)))
            throw new EgressRefusedException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address can only be that of a server on the public internet.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(special4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 =>
            address.ScopeId == 0 && IsGlobalUnicast(address) && !Array.Exists(special6, network => network.Contains(address)),
        _ => false,
    };

    /// <summary>2000::/3, told by the bits. An address of version 4 in its mapped form is none, whatever it may be compared with.</summary>
    private static bool IsGlobalUnicast(IPAddress address) => !address.IsIPv4MappedToIPv6 && (address.GetAddressBytes()[0] & 0xE0) == 0x20;

    private bool IsExcepted(string host, int port) =>
        exceptions.Any(one => one.Equals(host, StringComparison.OrdinalIgnoreCase)
            || one.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase));

    private static IPNetwork[] Networks(string list) => [.. list.Split(' ').Select(network => IPNetwork.Parse(network))];
}

/// <summary>The address leads to no public server.</summary>
public sealed class EgressRefusedException() : IOException("not a public address");
