using System.Net;
using System.Net.Sockets;

namespace DigiHub.Web.Security;

/// <summary>Where a request comes from, as far as limits are concerned.</summary>
internal static class Caller
{
    /// <summary>
    /// The network address; of IPv6 the first 64 bits, because one subscriber has 2^64 such addresses. Behind a
    /// proxy it is what a known proxy says (ForwardedHeaders); what others claim in headers counts for nothing.
    /// </summary>
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
