using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DigiHub.Web.Tests.Memberships;

/// <summary>A name server on this machine that answers for TXT records, as resolvers do (RFC 1035).</summary>
internal sealed class DnsServer : IDisposable
{
    private const int HeaderLength = 12;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Task serving;
    private int asked;

    public DnsServer()
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        serving = Task.Run(Serve);
    }

    public string Address => socket.LocalEndPoint!.ToString()!;

    /// <summary>The texts of each host; who is not there does not exist.</summary>
    public ConcurrentDictionary<string, string[]> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>It hears questions and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Questions so far.</summary>
    public int Asked => asked;

    public void Dispose()
    {
        socket.Dispose();
        serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task Serve()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                Interlocked.Increment(ref asked);
                if (!IsSilent)
                    await socket.SendToAsync(Answer(buffer.AsSpan(0, got.ReceivedBytes)), got.RemoteEndPoint);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> question)
    {
        List<string> labels = [];
        var at = HeaderLength;
        while (question[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
            at += 1 + question[at];
        }

        var end = at + 5; // the root label, type and class
        var isKnown = Texts.TryGetValue(string.Join('.', labels), out var texts);
        using var answer = new MemoryStream();
        answer.Write(question[..2]);
        Write((ushort)(isKnown ? 0x8180 : 0x8183)); // recursion available; NXDOMAIN
        Write(1);
        Write((ushort)(texts?.Length ?? 0));
        Write(0);
        Write(0);
        answer.Write(question[HeaderLength..end]);
        foreach (var text in texts ?? [])
        {
            Write(0xC00C); // the name of the question
            Write(16); // TXT
            Write(1); // IN
            Write(0);
            Write(60);
            var parts = Encoding.UTF8.GetBytes(text).Chunk(255).ToList();
            Write((ushort)parts.Sum(part => part.Length + 1));
            foreach (var part in parts)
            {
                answer.WriteByte((byte)part.Length);
                answer.Write(part);
            }
        }

        return answer.ToArray();

        void Write(ushort number)
        {
            Span<byte> two = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(two, number);
            answer.Write(two);
        }
    }
}
