using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using DigiHub.Spaces;
using DigiHub.Time;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Calendar = Ical.Net.Calendar;
using Duration = NodaTime.Duration;

namespace DigiHub.Imports;

/// <summary>
/// Calendar files (RFC 5545): one for each room, named like it or with its name as the calendar's, or one whose entries name their room as
/// LOCATION. A series becomes its dates from a year back to a year ahead, at most <see cref="Import.SeriesMax"/>. The ORGANIZER is who
/// booked.
/// </summary>
internal static class IcsFiles
{
    private static readonly Duration around = Duration.FromDays(366);

    /// <summary>Behind the last of these the name of the room stands, where the area or the building is named before.</summary>
    private static readonly string[] partings = ["/", ";", ", ", " - ", " – ", ": "];

    public static bool IsOne(ForeignFile file)
    {
        var text = file.Content.AsSpan();
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        return text.TrimStart(" \r\n\t"u8).StartsWith("BEGIN:VCALENDAR"u8);
    }

    public static Outcome<IReadOnlyList<ForeignBooking>> Bookings(IReadOnlyList<ForeignFile> files, ForeignSite site)
    {
        List<ForeignBooking> bookings = [];
        foreach (var file in files)
        {
            if (!IsOne(file) || Load(file) is not { } calendars)
                return ForeignTables.NotOfIt;
            foreach (var calendar in calendars)
                bookings.AddRange(new Reading(file, calendar, site).Bookings());
            if (bookings.Count > CsvTable.RowsMax)
                return ImportRefusals.TooManyRows(CsvTable.RowsMax);
        }

        return bookings;
    }

    private static IReadOnlyList<Calendar>? Load(ForeignFile file)
    {
        try
        {
            return [.. Calendar.Load<Calendar>(Encoding.UTF8.GetString(file.Content))];
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    /// <summary>What the library throws of a file that is wrong, or of a time zone that it does not know.</summary>
    private static bool IsUnreadable(Exception exception) => exception is ArgumentException or FormatException or InvalidOperationException
        or SerializationException or OverflowException or InvalidCastException or EvaluationException or KeyNotFoundException
        or NullReferenceException or IndexOutOfRangeException or InvalidDataException or NotSupportedException
        or NodaTime.TimeZones.DateTimeZoneNotFoundException;

    private sealed class Reading(ForeignFile file, Calendar calendar, ForeignSite site)
    {
        private readonly SiteContext place = site.Place;

        private readonly string stem = Path.GetFileNameWithoutExtension(file.Name);

        private readonly string? called = calendar.Properties["X-WR-CALNAME"]?.Value as string;

        public IEnumerable<ForeignBooking> Bookings()
        {
            var events = calendar.Events.Where(one => one.Transparency != "TRANSPARENT").ToList();
            foreach (var same in events.GroupBy(one => one.Uid ?? "", StringComparer.Ordinal))
            {
                var moved = same.Where(one => one.RecurrenceIdentifier is not null).DistinctBy(Moment)
                    .ToDictionary(Moment, StringComparer.Ordinal);
                foreach (var one in same.Where(one => one.RecurrenceIdentifier is null))
                {
                    foreach (var booking in Series(one, moved))
                        yield return booking;
                }

                foreach (var (at, one) in moved)
                    yield return Single(one, at);
            }
        }

        /// <summary>One entry, or the dates of a series without those that were moved, which are taken out of the table.</summary>
        private List<ForeignBooking> Series(CalendarEvent one, Dictionary<string, CalendarEvent> moved)
        {
            try
            {
                if (one.RecurrenceRule is null && one.RecurrenceDates.GetAllDates().FirstOrDefault() is null)
                    return [Single(one, at: null)];
                if (one.RecurrenceRule is { Frequency: < FrequencyType.Daily })
                    return [Wrong(one, ImportRefusals.SeriesUnreadable)];
                var (from, until) = (site.Now - around, site.Now + around);
                List<ForeignBooking> dates = [];
                var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = 1_000 };
                foreach (var occurrence in one.GetOccurrences(new CalDateTime(from.ToDateTimeUtc()), options))
                {
                    var start = InstantOf(occurrence.Period.StartTime);
                    if (start > until)
                        break;
                    if (start < from)
                        continue;
                    if (dates.Count == Import.SeriesMax)
                        return [Wrong(one, ImportRefusals.SeriesTooLong)];
                    var at = Written(start);
                    dates.Add(moved.Remove(at, out var other) ? Single(other, at)
                        : Booking(one, at, occurrence.Period.StartTime, occurrence.Period.EffectiveEndTime));
                }

                return dates;
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                return [Wrong(one, ImportRefusals.SeriesUnreadable)];
            }
        }

        /// <param name="at">Of a series: when it was to be at first.</param>
        private ForeignBooking Single(CalendarEvent one, string? at)
        {
            try
            {
                var end = one.End ?? (one.Start is { } start ? start.Add(one.EffectiveDuration) : null);
                return Booking(one, at, one.Start, end);
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                return Wrong(one, ImportRefusals.TimeUnreadable);
            }
        }

        private ForeignBooking Booking(CalendarEvent one, string? at, CalDateTime? start, CalDateTime? end)
        {
            if (start is null || end is null)
                return Wrong(one, ImportRefusals.TimeUnreadable);
            var (from, until) = start.HasTime ? (Local(start), Local(end)) : WholeDays(start, end);
            return Wrong(one, problem: null) with { Start = from, End = until, Id = at is null ? one.Uid : $"{one.Uid}/{at}" };
        }

        /// <summary>From opening to closing, which is what a whole day means for a room.</summary>
        private (LocalDateTime From, LocalDateTime Until) WholeDays(CalDateTime start, CalDateTime end)
        {
            var first = LocalDate.FromDateOnly(start.Date);
            var last = LocalDate.FromDateOnly(end.Date).PlusDays(-1);
            if (last < first)
                last = first;
            if (!SiteTime.Reaches(first) || !SiteTime.Reaches(last))
                return (first.AtMidnight(), last.PlusDays(1).AtMidnight());
            return (place.Hours.On(first)?.On(first).Start ?? first.AtMidnight(),
                place.Hours.On(last)?.On(last).End ?? last.PlusDays(1).AtMidnight());
        }

        private ForeignBooking Wrong(CalendarEvent one, string? problem) => new()
        {
            Space = RoomOf(one),
            Who = one.Organizer?.CommonName,
            Address = one.Organizer?.Value is { } address ? MailtoUri.Read(address.AbsoluteUri)?.Shown : null,
            Title = one.Summary,
            Id = one.Uid,
            IsCancelled = string.Equals(one.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase),
            Problem = problem,
        };

        /// <summary>The first of these that is the name of a space, or ends with it; else the first, so that it is told.</summary>
        private string RoomOf(CalendarEvent one)
        {
            string?[] names = [one.Location, called, stem];
            foreach (var name in names)
            {
                if (name is not null && (IsSpace(name) ? name : partings.Select(parting => After(name, parting)).FirstOrDefault(IsSpace))
                    is { } known)
                    return known;
            }

            return names.First(name => !string.IsNullOrWhiteSpace(name)) ?? "";
        }

        private bool IsSpace(string? name) => name is not null && site.Spaces.Contains(SearchText.Fold(name));

        private static string? After(string name, string parting) =>
            name.LastIndexOf(parting, StringComparison.Ordinal) is >= 0 and var index ? name[(index + parting.Length)..] : null;

        private LocalDateTime Local(CalDateTime time) => time.IsFloating
            ? LocalDateTime.FromDateTime(time.Value) : place.Time.Local(InstantOf(time));

        private Instant InstantOf(CalDateTime time) => time.IsFloating || !time.HasTime
            ? place.Time.Shifted(LocalDateTime.FromDateTime(time.Value))
            : Instant.FromDateTimeUtc(DateTime.SpecifyKind(time.AsUtc, DateTimeKind.Utc));

        private string Moment(CalendarEvent one)
        {
            try
            {
                return Written(InstantOf(one.RecurrenceIdentifier!.StartTime));
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                return one.RecurrenceIdentifier!.StartTime.ToString(null, CultureInfo.InvariantCulture);
            }
        }

        private static string Written(Instant at) => at.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    }
}
