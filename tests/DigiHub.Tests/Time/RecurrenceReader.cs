using System.Diagnostics;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Tests.Time;

/// <summary>What python-dateutil makes of a rule, as one process that answers as long as it is asked.</summary>
internal sealed class RecurrenceReader : IDisposable
{
    private static readonly string? Python = Environment.GetEnvironmentVariable("DIGIHUB_TEST_PYTHON");
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private static readonly LocalDatePattern plainDate = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly LocalDateTimePattern plainTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly InstantPattern utcTime = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly Process process;

    /// <summary>Skips the test where there is no other reader.</summary>
    public RecurrenceReader()
    {
        Assert.SkipWhen(Python is null, "No other reader of recurrences: DIGIHUB_TEST_PYTHON is not set (tests/run sets it).");
        var start = new ProcessStartInfo(Python) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Time", "recurrence_reader.py"));
        process = Process.Start(start)!;
    }

    /// <summary>The times as the clock in Berlin shows them, and their instants.</summary>
    public async Task<IReadOnlyList<(LocalDateTime Local, Instant Instant)>> Read(Recurrence pattern, LocalDateTime start)
    {
        await process.StandardInput.WriteLineAsync(string.Join(' ', plainTime.Format(start),
            pattern.Rule(start.TimeOfDay, Berlin.Time), Dates(pattern.Extra), Dates(pattern.Excluded)));
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(patience);
        Assert.True(line is not null, $"The other reader gave up at {pattern}");
        return line == "-" ? [] : [.. line.Split(' ').Select(one => one.Split('/'))
            .Select(one => (plainTime.Parse(one[0]).Value, utcTime.Parse(one[1]).Value))];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(patience);
        process.Dispose();
    }

    private static string Dates(IReadOnlyList<LocalDate> dates) =>
        dates.Count == 0 ? "-" : string.Join(',', dates.Select(plainDate.Format));
}
