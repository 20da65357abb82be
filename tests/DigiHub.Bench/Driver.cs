using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DigiHub.Bench;

/// <summary>What came of a load: how many answers of each status, how fast, and how long each took.</summary>
public sealed class LoadResult(TimeSpan took, IReadOnlyList<double> millisecondsSorted, IReadOnlyDictionary<int, int> statuses, long bytes)
{
    public int Count => millisecondsSorted.Count;

    public double PerSecond => Count / took.TotalSeconds;

    public IReadOnlyDictionary<int, int> Statuses => statuses;

    public double BytesEach => Count == 0 ? 0 : (double)bytes / Count;

    public double Percentile(double percent) =>
        Count == 0 ? double.NaN : millisecondsSorted[Math.Min(Count - 1, (int)(Count * percent / 100))];

    public int Of(int status) => statuses.GetValueOrDefault(status);
}

/// <summary>
/// A closed-loop load over keep-alive connections, light enough to share two cores with what it measures: it writes
/// prepared bytes and reads no more of an answer than its status and its end.
/// </summary>
public static class Driver
{
    /// <param name="request">The bytes of the n-th request; called from many connections at once.</param>
    public static Task<LoadResult> Run(int port, int connections, TimeSpan duration, Func<int, byte[]> request) =>
        Run(port, connections, took => took < duration, request);

    /// <param name="goesOn">Whether there is more to do, so long after the start.</param>
    /// <param name="request">As above.</param>
    public static async Task<LoadResult> Run(int port, int connections, Func<TimeSpan, bool> goesOn, Func<int, byte[]> request)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var seen = new Samples();
            using var connection = await Connection.Open(port);
            while (goesOn(watch.Elapsed))
                await seen.Take(connection, request(Interlocked.Increment(ref next)));
            return seen;
        })));
        return Samples.Together(watch.Elapsed, workers);
    }

    /// <summary>One request on each of so many open connections, dealt to the ports in turn, all let go at the same moment.</summary>
    public static async Task<LoadResult> Volley(IReadOnlyList<int> ports, int connections, Func<int, byte[]> request)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Connection.Open(ports[i % ports.Count])));
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        var shots = open.Select(async (connection, i) =>
        {
            var seen = new Samples();
            await start.Task;
            await seen.Take(connection, request(i));
            connection.Dispose();
            return seen;
        }).ToArray();
        watch.Restart();
        start.SetResult();
        return Samples.Together(watch.Elapsed, await Task.WhenAll(shots));
    }

    public static byte[] Get(string path, string headers = "") =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public static byte[] Post(string path, string body, string headers = "") =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}"));

    private sealed class Samples
    {
        private readonly List<double> milliseconds = [];
        private readonly Dictionary<int, int> statuses = [];
        private long bytes;

        public async Task Take(Connection connection, byte[] request)
        {
            var begun = Stopwatch.GetTimestamp();
            var (status, length) = await connection.Ask(request);
            milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            bytes += length;
        }

        public static LoadResult Together(TimeSpan took, IReadOnlyCollection<Samples> workers)
        {
            var all = workers.SelectMany(worker => worker.milliseconds).ToList();
            all.Sort();
            return new LoadResult(took, all,
                workers.SelectMany(worker => worker.statuses).GroupBy(pair => pair.Key, pair => pair.Value)
                    .ToDictionary(group => group.Key, group => group.Sum()),
                workers.Sum(worker => worker.bytes));
        }
    }

    /// <summary>One keep-alive connection; understands Content-Length and chunked bodies.</summary>
    internal sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private byte[] buffer = new byte[64 * 1024];
        private int filled;

        /// <summary>Where the last answer says that what was made can be found.</summary>
        public string? Location { get; private set; }

        /// <summary>In which state the last answer says that it is.</summary>
        public string? ETag { get; private set; }

        public static async Task<Connection> Open(int port)
        {
            var connection = new Connection();
            await connection.socket.ConnectAsync(IPAddress.Loopback, port);
            return connection;
        }

        public async Task<(int Status, int Length)> Ask(byte[] request)
        {
            await socket.SendAsync(request);
            filled = 0;
            int headEnd;
            while ((headEnd = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
                await Fill();

            var head = Encoding.ASCII.GetString(buffer, 0, headEnd);
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            (Location, ETag) = status == 201 ? (Header(head, "location"), Header(head, "etag")) : (null, null);
            var body = headEnd + 4;
            if (Header(head, "content-length") is { } length)
            {
                var end = body + int.Parse(length, CultureInfo.InvariantCulture);
                while (filled < end)
                    await Fill();
                return (status, end);
            }

            // 304 and 204 have no body; everything else without a length is chunked and ends with an empty chunk.
            if (Header(head, "transfer-encoding") is not null)
                while (!buffer.AsSpan(body, filled - body).EndsWith("\r\n0\r\n\r\n"u8)
                    && !buffer.AsSpan(body, filled - body).SequenceEqual("0\r\n\r\n"u8))
                    await Fill();
            return (status, filled);
        }

        public void Dispose() => socket.Dispose();

        private async Task Fill()
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            filled += read > 0 ? read : throw new IOException("The server closed the connection.");
        }

        private static string? Header(string head, string name)
        {
            var at = head.IndexOf("\r\n" + name + ":", StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return null;
            var start = at + name.Length + 3;
            var end = head.IndexOf('\r', start);
            return (end < 0 ? head[start..] : head[start..end]).Trim();
        }
    }
}
