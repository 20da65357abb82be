using System.Collections.Concurrent;
using System.Net;
using System.Net.ServerSentEvents;

namespace DigiHub.Web.Tests.Live;

/// <summary>A page that listens, without the page.</summary>
internal sealed class Stream : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30); // for what takes a tenth of a second on an idle machine

    private readonly HttpResponseMessage answer;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<string> heard = [];
    private readonly Task listening;

    private Stream(HttpResponseMessage answer)
    {
        this.answer = answer;
        listening = Listen();
    }

    /// <summary>The kinds of all events so far.</summary>
    public IReadOnlyCollection<string> Heard => [.. heard];

    /// <summary>Returns once the hub has said the first word, so that nothing can be missed from then on.</summary>
    public static async Task<Stream> Open(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/event-stream");
        var opened = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var stream = new Stream(opened);
        await stream.Hears("still");
        return stream;
    }

    public async Task Hears(string kind)
    {
        using var waited = new CancellationTokenSource(patience);
        while (!heard.Contains(kind))
        {
            Assert.False(waited.IsCancellationRequested, $"Heard no \"{kind}\", but: {string.Join(", ", heard)}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Forgets what they have heard, once none hears anything more.</summary>
    public static async Task Settle(params Stream[] streams)
    {
        int before;
        do
        {
            before = streams.Sum(stream => stream.heard.Count);
            await Task.Delay(1_000);
        }
        while (streams.Sum(stream => stream.heard.Count) != before);
        foreach (var stream in streams)
            stream.heard.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        answer.Dispose();
        await listening;
        end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(end.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(end.Token))
                heard.Enqueue(item.EventType);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
