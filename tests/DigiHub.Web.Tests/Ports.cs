using System.Net;
using System.Net.Sockets;

namespace DigiHub.Web.Tests;

internal static class Ports
{
    // The system gives a port that was closed a moment ago to the next who asks: between our look at it and its use, somebody else would.
    private static readonly HashSet<int> given = [];

    /// <summary>A port of 127.0.0.1 that nobody had a moment ago, and that nobody else in this process is given.</summary>
    public static int Free()
    {
        for (; ; )
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (given)
            {
                if (given.Add(port))
                    return port;
            }
        }
    }
}
