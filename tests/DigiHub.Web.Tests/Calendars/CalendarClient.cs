using DigiHub.Calendars;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// The calendar of one reader, fed by mail alone, as a strict program keeps it (RFC 5546 2.1.5): what has a lower SEQUENCE than it knows is
/// ignored, of the same SEQUENCE the later DTSTAMP counts, and what was withdrawn comes back only with a higher one.
/// </summary>
internal sealed class CalendarClient
{
    private readonly Dictionary<string, CalendarReader.ReadEntry> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> withdrawn = new(StringComparer.Ordinal);

    /// <summary>By UID.</summary>
    public IReadOnlyDictionary<string, CalendarReader.ReadEntry> Entries => shown;

    public void Take(CalendarReader.ReadCalendar calendar)
    {
        var entry = Assert.Single(calendar.Entries);
        switch (calendar.Method)
        {
            case "REQUEST" when IsNewer(entry):
                shown[entry.Uid] = entry;
                break;
            case "CANCEL" when IsNewer(entry):
                shown.Remove(entry.Uid);
                withdrawn[entry.Uid] = entry.Sequence;
                break;
            case "REQUEST" or "CANCEL":
                break;
            default:
                Assert.Fail($"A mail with METHOD:{calendar.Method}");
                break;
        }
    }

    private bool IsNewer(CalendarReader.ReadEntry entry)
    {
        if (withdrawn.TryGetValue(entry.Uid, out var gone) && entry.Sequence <= gone)
            return false;
        return !shown.TryGetValue(entry.Uid, out var known) || entry.Sequence > known.Sequence
            || (entry.Sequence == known.Sequence && string.CompareOrdinal(entry.Stamp, known.Stamp) >= 0);
    }
}
