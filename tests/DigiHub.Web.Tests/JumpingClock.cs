using System.Diagnostics;
using System.Globalization;

namespace DigiHub.Web.Tests;

/// <summary>
/// A real-time clock that a test can set while a process of its own reads it (libfaketime). Monotonic time goes on
/// undisturbed, as it does when an operator sets a real machine's clock.
/// </summary>
public sealed class JumpingClock : IDisposable
{
    private static readonly string? Library = Environment.GetEnvironmentVariable("DIGIHUB_TEST_FAKETIME");

    private readonly string file = Path.GetTempFileName();

    /// <summary>Skips the test where libfaketime is not installed.</summary>
    public JumpingClock()
    {
        Assert.SkipWhen(Library is null, "No libfaketime: DIGIHUB_TEST_FAKETIME is not set (tests/run sets it).");
        Jump(Duration.Zero);
    }

    /// <summary>Ahead of the machine's clock by this much; behind it if negative.</summary>
    public Duration Offset { get; private set; }

#pragma warning disable RS0030 // it stands beside the machine's clock
    public Instant Now => SystemClock.Instance.GetCurrentInstant() + Offset;
#pragma warning restore RS0030

    /// <summary>Sets the clock; the processes see it within a second.</summary>
    public void Jump(Duration offset)
    {
        Offset = offset;
        // In one move: a reader never sees half a file.
        File.WriteAllText(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{(long)offset.TotalSeconds:+0;-0;+0}\n"));
        File.Move(file + ".new", file, overwrite: true);
    }

    internal void Hang(ProcessStartInfo start)
    {
        start.Environment["LD_PRELOAD"] = Library;
        start.Environment["FAKETIME_TIMESTAMP_FILE"] = file;
        start.Environment["FAKETIME_CACHE_DURATION"] = "1";
        start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        start.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0"; // the "fix" has every wait of .NET end at once
    }

    public void Dispose() => File.Delete(file);
}
