using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests.Webhooks;

/// <summary>
/// A real HTTPS server on 127.0.0.1 with a certificate of its own, which records what it is sent and answers as the test says.
/// </summary>
internal sealed class HttpsListener : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly X509Certificate2 shown;

    private HttpsListener(WebApplication server, X509Certificate2 shown, int port) =>
        (this.server, this.shown, Port) = (server, shown, port);

    public int Port { get; }

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, string Body)> Received { get; } = [];

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public string Thumbprint => shown.Thumbprint;

    public static async Task<HttpsListener> Open()
    {
        var certificate = OwnCertificate.Make();
        var port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var listener = new HttpsListener(app, certificate, port);
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            listener.Received.Enqueue((http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key,
                header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            await listener.Answer(http);
        });
        await app.StartAsync();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        shown.Dispose();
    }
}
