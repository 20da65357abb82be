using System.Diagnostics;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Operations;
using DigiHub.Registrations;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// What another program understands of our texts: Python's icalendar, which shares no code with our writer, as one process that reads as
/// long as it is asked.
/// </summary>
internal sealed class CalendarReader : IDisposable
{
    private static readonly string? Python = Environment.GetEnvironmentVariable("DIGIHUB_TEST_PYTHON");
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    /// <summary>Skips the test where there is no other reader.</summary>
    public CalendarReader()
    {
        Assert.SkipWhen(Python is null, "No other reader of calendars: DIGIHUB_TEST_PYTHON is not set (tests/run sets it).");
        var start = new ProcessStartInfo(Python) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "calendar_reader.py"));
        process = Process.Start(start)!;
    }

    public async Task<ReadCalendar> Read(string text)
    {
        await process.StandardInput.WriteAsync($"{text.TrimEnd()}\r\n.\n");
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(patience);
        Assert.True(line is not null, $"The other reader gave up at\n{text}");
        return JsonSerializer.Deserialize<ReadCalendar>(line, JsonSerializerOptions.Web)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(patience);
        process.Dispose();
    }

    internal sealed record When(string Local, string Zone);

    internal sealed record Person(string Address, string? Rsvp, string? PartStat, string? Name);

    /// <param name="Action">DISPLAY, AUDIO or EMAIL.</param>
    /// <param name="SecondsBefore">The start; 0 for when it begins.</param>
    internal sealed record Alarm(string? Action, int SecondsBefore, string? Description);

    /// <param name="Dates">Of a series: every start by its rule, RDATE and EXDATE, as dateutil reckons; else none.</param>
    internal sealed record ReadEntry(
        string Uid, int Sequence, string? Status, string? Summary, string? Description, string? Location, When Start, When End,
        string? Organizer, IReadOnlyList<Person> Attendees, string? Rule, IReadOnlyList<string> Dates,
        IReadOnlyList<string> Dropped, When? InPlaceOf, string? Stamp, string? Modified,
        IReadOnlyList<Alarm> Alarms);

    internal sealed record ReadCalendar(string? Method, IReadOnlyList<string> Zones, IReadOnlyList<ReadEntry> Entries);
}
