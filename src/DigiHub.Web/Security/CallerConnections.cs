using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace DigiHub.Web.Security;

/// <summary>
/// Closes connections of one network address beyond its share, as soon as they come: a caller who opens thousands and sends
/// nothing takes no places from others.
/// </summary>
/// <param name="max">At the same time, by <see cref="Caller"/>.</param>
internal sealed class CallerConnections(int max)
{
    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var caller = Caller.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        try
        {
            if (open.AddOrUpdate(caller, 1, (_, count) => count + 1) <= max)
                await next(connection);
            else
                connection.Abort();
        }
        finally
        {
            // Removed only if it is still the one that was counted down to nothing: another may have come meanwhile.
            if (open.AddOrUpdate(caller, 0, (_, count) => count - 1) == 0)
                open.TryRemove(KeyValuePair.Create(caller, 0));
        }
    };
}
