using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DigiHub.Bench;

/// <summary>The real hub, or a ceiling beside it, as a process of its own; ended with its using.</summary>
public sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3); // on a machine that runs tests besides

    private readonly Process process;

    private Server(Process process, int port, TimeSpan readyAfter)
    {
        this.process = process;
        Port = port;
        ReadyAfter = readyAfter;
    }

    public int Port { get; }

    public int ProcessId => process.Id;

    /// <summary>From the start of the process to its first 200.</summary>
    public TimeSpan ReadyAfter { get; }

    /// <summary>
    /// The published program, as it runs in production but for two things that the peers were measured without: limits and mail.
    /// </summary>
    /// <param name="settings">Below the section DigiHub, such as ("Database:Postgres", "Host=..."); they win over those two.</param>
    public static Task<Server> Hub(string program, params IEnumerable<(string Key, string Value)> settings) =>
        Start(program, [], "/health/ready",
        [
            ("Limits:ApiCallsPerMinute", "10000000"),
            ("Limits:BookingWritesPerMinute", "10000000"),
            ("Server:ConnectionsPerCallerMax", "1000000"),
            ("Jobs:Workers", "0"),
            .. settings,
        ]);

    /// <summary>The framework alone: see Ceiling.cs.</summary>
    public static Task<Server> Ceiling() => Start(Path.Combine(AppContext.BaseDirectory, "DigiHub.Bench.dll"), ["ceiling"], "/", []);

    /// <summary>Proportional set size of the process in MB: what it really costs in memory; null where the system does not say.</summary>
    public double? MemoryMb()
    {
        var file = $"/proc/{process.Id}/smaps_rollup";
        if (!File.Exists(file))
            return null;
        var line = File.ReadLines(file).First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public TimeSpan Cpu()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<Server> Start(string program, string[] words, string ready, IEnumerable<(string Key, string Value)> settings)
    {
        var port = FreePort();
        var url = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo("dotnet", [program, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings)
            start.Environment["DigiHub__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var watch = Stopwatch.StartNew();
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) => Echo(line.Data);
        started.ErrorDataReceived += (_, line) => Echo(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        while (watch.Elapsed < StartMax && !started.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(ready, UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return new Server(started, port, watch.Elapsed);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }

        await new Server(started, port, watch.Elapsed).DisposeAsync();
        throw new InvalidOperationException($"{program} did not become ready.");
    }

    // A server that has something to complain of under load says it here, in the middle of the figures.
    private static void Echo(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line) && !line.Contains("\"LogLevel\":\"Information\"", StringComparison.Ordinal))
            Console.Error.WriteLine("  | " + line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
