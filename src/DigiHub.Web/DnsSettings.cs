using System.ComponentModel.DataAnnotations;
using System.Net;

namespace DigiHub.Web;

/// <summary>Whom the hub asks for the records by which organisations prove their domains.</summary>
public sealed class DnsSettings
{
    private const int UsualPort = 53;

    /// <summary>The address of a resolver, "192.0.2.53" or "192.0.2.53:5353"; empty for those of the machine.</summary>
    [StringLength(60)]
    public string Server { get; init; } = "";

    /// <summary>Null: those of the machine, or an address that is none.</summary>
    internal IPEndPoint? EndPoint => !IPEndPoint.TryParse(Server.Trim(), out var at) ? null
        : at.Port == 0 ? new IPEndPoint(at.Address, UsualPort) : at;
}
