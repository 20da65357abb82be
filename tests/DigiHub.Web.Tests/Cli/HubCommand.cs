using System.Diagnostics;
using System.Text;
using DigiHub.Web.Cli;

namespace DigiHub.Web.Tests.Cli;

/// <summary>
/// Runs one command of the program to its end: in the process of the tests, which need not be compiled once more for each, or alone,
/// where the environment, signals or the standard streams themselves matter.
/// </summary>
internal static class HubCommand
{
    private static readonly TimeSpan timeMax = TimeSpan.FromSeconds(180);

    /// <summary>In this process, with its settings as arguments before the command's own.</summary>
    /// <returns>The exit code, and what it wrote to standard output and then to standard error.</returns>
    public static Task<(int Code, string Text)> Run(string? input, (string Key, string Value)[] settings, params string[] arguments) =>
        OwnConsole.Around(input, () => Task.Run(() => CommandLine.Run(
            [.. settings.Select(one => $"{HubSettings.Section}:{one.Key}={one.Value}"), .. arguments])).WaitAsync(timeMax));

    /// <summary>As a process of its own, with its settings in the environment.</summary>
    /// <inheritdoc cref="Run"/>
    public static Task<(int Code, string Text)> RunAlone(
        string? input, (string Key, string Value)[] settings, params string[] arguments) =>
        RunAlone(input, settings, path: null, arguments);

    /// <param name="path">Where it finds other programs; null: where the test does.</param>
    /// <inheritdoc cref="RunAlone(string, ValueTuple{string, string}[], string[])"/>
    public static async Task<(int Code, string Text)> RunAlone(
        string? input, (string Key, string Value)[] settings, string? path, string[] arguments)
    {
        using var process = Start(settings, path, arguments);
        using var patience = new CancellationTokenSource(timeMax);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>The process, to be killed in the middle of its work.</summary>
    public static Process Start((string Key, string Value)[] settings, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "DigiHub.Web"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
            start.Environment[$"DigiHub__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;

        if (path is not null)
            start.Environment["PATH"] = path;
        return Process.Start(start)!;
    }
}
