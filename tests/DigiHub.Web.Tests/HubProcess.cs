using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DigiHub.Data;
using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>
/// The hub as a process of its own, for tests that run several on one database or kill one in the middle of its work. Open a
/// TestHub on the same test database to add rows before and to read them afterwards.
/// </summary>
public sealed class HubProcess : IAsyncDisposable
{
    private const int PortTriesMax = 3;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(180);
    private static readonly ConcurrentDictionary<int, Process> Running = [];

    private readonly Process process;
    private readonly ConcurrentQueue<string> output;

    // Ends with the test run.
    static HubProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Values)
            left.Kill();
    };

    private HubProcess(Process process, ConcurrentQueue<string> output, Uri url)
    {
        this.process = process;
        this.output = output;
        Url = url;
        Client = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    /// <summary>What it wrote to standard output and error so far.</summary>
    public IReadOnlyList<string> Output => [.. output];

    /// <summary>Returns when it listens.</summary>
    /// <param name="settings">Below the section DigiHub, such as ("Mail:Host", "127.0.0.1").</param>
    /// <exception cref="InvalidOperationException">
    /// It ended or did not listen within three minutes; the message holds its output.
    /// </exception>
    public static Task<HubProcess> Start(DataOptions database, params (string Key, string Value)[] settings) =>
        Start(database, null, settings);

    /// <param name="clock">Its real-time clock, which the test may set; null for the machine's.</param>
    /// <inheritdoc cref="Start(DataOptions, ValueTuple{string, string}[])"/>
    public static async Task<HubProcess> Start(DataOptions database, JumpingClock? clock, params (string Key, string Value)[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnce(database, clock, settings);
            }
            catch (InvalidOperationException taken)
                when (attempt < PortTriesMax && taken.Message.Contains("already in use", StringComparison.Ordinal))
            {
                // Some connection has taken the port between our look at it and the hub's.
            }
        }
    }

    private static async Task<HubProcess> StartOnce(DataOptions database, JumpingClock? clock, (string Key, string Value)[] settings)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "DigiHub.Web"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "src", "DigiHub.Web"),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // its pages' files lie where the build left them
        start.Environment["ASPNETCORE_URLS"] = url.ToString();
        clock?.Hang(start);
        Set("PublicUrl", url.ToString());
        Set("Database:Postgres", database.Postgres ?? "");
        if (!database.IsPostgres)
            Set("DataFolder", Path.GetDirectoryName(database.SqliteFile)!);
        Set("Backup:AlertAfterHours", "0"); // nobody saves a test's hub, and no alarm is to arrive among the e-mails a test counts
        foreach (var (key, value) in settings)
            Set(key, value);

        ConcurrentQueue<string> heard = [];
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new Process { StartInfo = start, EnableRaisingEvents = true };
        started.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("It ended."));
        started.OutputDataReceived += (_, line) => Hear(line.Data);
        started.ErrorDataReceived += (_, line) => Hear(line.Data);
        started.Start();
        Running[started.Id] = started;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var hub = new HubProcess(started, heard, url);
        try
        {
            await listening.Task.WaitAsync(StartMax);
            return hub;
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            await hub.DisposeAsync();
            throw new InvalidOperationException($"The hub does not listen. {exception.Message}\n{string.Join('\n', heard)}", exception);
        }

        void Set(string key, string value) =>
            start.Environment[$"{HubSettings.Section}:{key}".Replace(":", "__", StringComparison.Ordinal)] = value;

        void Hear(string? line)
        {
            if (line is null)
                return;
            heard.Enqueue(line);
            if (line.Contains("Now listening on", StringComparison.Ordinal))
                listening.TrySetResult();
        }
    }

    /// <summary>Processor time used so far, over all threads.</summary>
    public Duration Worked => Duration.FromTimeSpan(process.TotalProcessorTime);

    /// <summary>SIGKILL: it gets no chance to tidy up, as in a power cut.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orderly stop of the machine sends; returns the exit code.</summary>
    public async Task<int> Stop()
    {
        using var term = Process.Start("/bin/kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await term.WaitForExitAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Running.TryRemove(process.Id, out _);
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }
}
