using NodaTime.Text;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// The calendar of one reader, fed by mail alone, as a strict program keeps it (RFC 5546 2.1.5): what has a lower SEQUENCE than it knows is
/// ignored, of the same SEQUENCE the later DTSTAMP counts, and what was withdrawn comes back only with a higher one. A series is replaced
/// whole by a newer one, and single dates of it by what says so of them alone (RECURRENCE-ID).
/// </summary>
internal sealed class CalendarClient
{
    private static readonly LocalDateTimePattern iso = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    private readonly Dictionary<string, CalendarReader.ReadEntry> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CalendarReader.ReadEntry> withdrawn = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Uid, string Date), (CalendarReader.ReadEntry Entry, bool IsCancelled)> dates = [];

    /// <summary>By UID; of a series its rule.</summary>
    public IReadOnlyDictionary<string, CalendarReader.ReadEntry> Entries => shown;

    /// <summary>All that its reader sees, each date of a series by itself: "2026-12-01T10:00:00 to 2026-12-01T11:00:00 in Spree".</summary>
    public IReadOnlyList<string> Sights =>
    [
        .. shown.Values.Where(entry => entry.Rule is null).Select(entry => Sight(entry, entry.Start.Local))
            .Concat(shown.Values.Where(entry => entry.Rule is not null)
                .SelectMany(entry => entry.Dates.Where(date => !dates.ContainsKey((entry.Uid, date))).Select(date => Sight(entry, date))))
            .Concat(dates.Values.Where(one => !one.IsCancelled).Select(one => Sight(one.Entry, one.Entry.Start.Local)))
            .Order(StringComparer.Ordinal),
    ];

    public void Take(CalendarReader.ReadCalendar calendar)
    {
        Assert.True(calendar.Method is "REQUEST" or "CANCEL", $"A mail with METHOD:{calendar.Method}");
        Assert.Single(calendar.Entries.Select(entry => entry.Uid).Distinct());
        var isCancelled = calendar.Method == "CANCEL";
        if (calendar.Entries.SingleOrDefault(entry => entry.InPlaceOf is null) is { } whole)
        {
            if (IsOlder(whole, withdrawn.GetValueOrDefault(whole.Uid), atLeast: 1) || IsOlder(whole, shown.GetValueOrDefault(whole.Uid)))
                return;
            foreach (var date in dates.Where(one => one.Key.Uid == whole.Uid && !IsOlder(whole, one.Value.Entry)).ToList())
                dates.Remove(date.Key);
            shown.Remove(whole.Uid);
            (isCancelled ? withdrawn : shown)[whole.Uid] = whole;
        }

        foreach (var date in calendar.Entries.Where(entry => entry.InPlaceOf is not null))
        {
            var key = (date.Uid, date.InPlaceOf!.Local);
            if (!IsOlder(date, withdrawn.GetValueOrDefault(date.Uid), atLeast: 1) && !IsOlder(date, shown.GetValueOrDefault(date.Uid))
                && !IsOlder(date, dates.TryGetValue(key, out var known) ? known.Entry : null, atLeast: known.IsCancelled ? 1 : 0))
                dates[key] = (date, isCancelled);
        }
    }

    /// <param name="atLeast">By how much its SEQUENCE has to be above the known one's.</param>
    private static bool IsOlder(CalendarReader.ReadEntry entry, CalendarReader.ReadEntry? known, int atLeast = 0) => known is not null
        && (entry.Sequence < known.Sequence + atLeast
            || (entry.Sequence == known.Sequence && string.CompareOrdinal(entry.Stamp, known.Stamp) < 0));

    private static string Sight(CalendarReader.ReadEntry entry, string start)
    {
        var (from, until) = (iso.Parse(entry.Start.Local).Value, iso.Parse(entry.End.Local).Value);
        var end = iso.Parse(start).Value.PlusMinutes(Period.Between(from, until, PeriodUnits.Minutes).Minutes);
        return $"{start} to {iso.Format(end)} in {string.Join(" + ", entry.Location!.Split("; ").Select(room => room.Split(',')[0]))}";
    }
}
