using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace DigiHub.Imports;

/// <summary>
/// LibreBooking and Booked: the CSV of reservations, and beside it that of users, since reservations tell only names. Headings come in the
/// language of who exported, so columns are known by their places; dates come in its order of day and month, which all dates of the file
/// together tell. Texts are HTML-encoded once.
/// </summary>
internal static class LibreBookingFiles
{
    // Of reservations: user, resource, title, description, begin, end, duration, created, modified, reference number, then attributes.
    private const int User = 0, Resource = 1, Title = 2, Begin = 4, End = 5, Created = 7, Number = 9, ReservationColumnsMin = 10;

    // Of users: name, user name, e-mail, and more.
    private const int UserName = 0, UserEmail = 2;

    public static Outcome<IReadOnlyList<ForeignBooking>> Bookings(IReadOnlyList<ForeignFile> files)
    {
        ForeignCsv? reservations = null;
        Dictionary<string, string?> addresses = new(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var read = ForeignCsv.Read(file);
            if (!read.IsDone)
                return read.Refusal;
            var table = read.Value;
            if (IsUsers(table))
            {
                // Of two people of one name nobody can tell whose a reservation is.
                foreach (var same in People(table).GroupBy(one => SearchText.Fold(one.Name), StringComparer.Ordinal))
                    addresses[same.Key] = same.Count() == 1 ? same.Single().Email : null;
            }
            else if (table.Headings.Count >= ReservationColumnsMin)
                reservations = table;
        }

        if (reservations is null)
            return ForeignTables.NotOfIt;
        var rows = reservations.Rows.Select(Whole).ToList();
        var order = LibreBookingDates.OrderOf(rows.SelectMany(row =>
            new[] { ForeignCsv.At(row, Begin), ForeignCsv.At(row, End), ForeignCsv.At(row, Created) }));
        return rows.Select(row =>
        {
            var (user, resource, number) = (Text(row, User), Text(row, Resource), ForeignCsv.At(row, Number));
            var created = LibreBookingDates.Read(ForeignCsv.At(row, Created), order, after: null)?.Date;
            var start = LibreBookingDates.Read(ForeignCsv.At(row, Begin), order, created);
            var end = LibreBookingDates.Read(ForeignCsv.At(row, End), order, start?.Date ?? created);
            return new ForeignBooking
            {
                Space = resource,
                Start = start,
                End = end,
                Who = user,
                Address = user is null ? null : addresses.GetValueOrDefault(SearchText.Fold(user)),
                Title = Text(row, Title),
                Id = number is null ? null : $"{number} {resource}", // one of several resources is a row for each
                Problem = start is null || end is null ? ImportRefusals.TimeUnreadable : null,
            };
        }).ToList();
    }

    public static Outcome<byte[]> Members(IReadOnlyList<ForeignFile> files)
    {
        List<string?[]> rows = [];
        foreach (var file in files)
        {
            var read = ForeignCsv.Read(file);
            if (!read.IsDone)
                return read.Refusal;
            if (IsUsers(read.Value))
                rows.AddRange(People(read.Value).Select(one => new[] { one.Name, one.Email }));
        }

        return ForeignTables.Table([MemberImport.NameColumn, MemberImport.EmailColumn], rows);
    }

    /// <summary>"Mon, 11/23 9:00 AM" stands there without quotation marks, and so in two cells.</summary>
    private static CsvRow Whole(CsvRow row)
    {
        List<string> cells = [.. row.Cells];
        foreach (var column in new[] { Begin, End })
        {
            if (cells.Count <= column + 1 || !LibreBookingDates.IsWeekday(cells[column]))
                continue;
            cells[column] = $"{cells[column]},{cells[column + 1]}";
            cells.RemoveAt(column + 1);
        }

        return row with { Cells = cells };
    }

    /// <summary>In whichever language, the third column holds addresses.</summary>
    private static bool IsUsers(ForeignCsv table) => table.Headings.Count > UserEmail
        && table.Rows.All(row => ForeignCsv.At(row, UserEmail) is not { } cell || cell.Contains('@', StringComparison.Ordinal))
        && table.Rows.Any(row => ForeignCsv.At(row, UserEmail) is not null);

    private static IEnumerable<(string Name, string Email)> People(ForeignCsv table) => table.Rows
        .Where(row => ForeignCsv.At(row, UserName) is not null && ForeignCsv.At(row, UserEmail) is not null)
        .Select(row => (Text(row, UserName)!, Text(row, UserEmail)!));

    private static string? Text(CsvRow row, int index) => ForeignCsv.At(row, index) is { } cell ? WebUtility.HtmlDecode(cell) : null;
}

/// <summary>In which order a file writes days and months.</summary>
internal enum DateOrder { Unknown, DayMonth, MonthDay }

/// <summary>Dates as the languages of LibreBooking write them: "23.11.2026 09:00", "11/23/2026 9:00 AM", "Mon, 11/23 9:00 AM".</summary>
internal static partial class LibreBookingDates
{
    /// <summary>So many years after it was made a reservation is looked for whose date names no year.</summary>
    private const int YearsAhead = 4;

    private static readonly string[] days = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    /// <summary>A first or second number above twelve tells it; if none does, dates with slashes can't be read.</summary>
    public static DateOrder OrderOf(IEnumerable<string?> written)
    {
        foreach (var text in written.OfType<string>())
        {
            if (Slashed().Match(text) is not { Success: true } match)
                continue;
            if (Number(match, "one") > 12)
                return DateOrder.DayMonth;
            if (Number(match, "two") > 12)
                return DateOrder.MonthDay;
        }

        return DateOrder.Unknown;
    }

    /// <param name="after">Of a date without a year: not before this day.</param>
    public static LocalDateTime? Read(string? written, DateOrder order, LocalDate? after)
    {
        if (written is null || Clock(written) is not { } time)
            return null;
        if (YearFirst().Match(written) is { Success: true } iso)
            return Day(Number(iso, "year"), Number(iso, "month"), Number(iso, "day")) + time;
        if (Dotted().Match(written) is { Success: true } dotted)
            return Day(Year(dotted), Number(dotted, "two"), Number(dotted, "one")) + time;
        if (Slashed().Match(written) is not { Success: true } slashed || order == DateOrder.Unknown)
            return null;
        var (day, month) = order == DateOrder.DayMonth
            ? (Number(slashed, "one"), Number(slashed, "two")) : (Number(slashed, "two"), Number(slashed, "one"));
        return (slashed.Groups["year"].Success ? Day(Year(slashed), month, day) : InYear(written, month, day, after)) + time;
    }

    public static bool IsWeekday(string text) => Array.Exists(days, name => text.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static LocalDate? InYear(string written, int month, int day, LocalDate? after)
    {
        var weekday = Array.FindIndex(days, name => written.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1; // as NodaTime counts
        if (after is not { } from || weekday == 0)
            return null;
        for (var year = from.Year; year <= from.Year + YearsAhead; year++)
            if (Day(year, month, day) is { } found && found >= from && (int)found.DayOfWeek == weekday)
                return found;
        return null;
    }

    private static LocalDate? Day(int year, int month, int day) =>
        year is >= 1995 and <= 2299 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;

    private static LocalTime? Clock(string written)
    {
        if (Time().Match(written) is not { Success: true } match)
            return null;
        var (hour, minute, half) = (Number(match, "hour"), Number(match, "minute"), match.Groups["half"].Value.ToUpperInvariant());
        if (half.Length > 0)
            hour = hour % 12 + (half == "PM" ? 12 : 0);
        return hour <= 23 && minute <= 59 ? new LocalTime(hour, minute) : null;
    }

    private static int Year(Match match)
    {
        var year = Number(match, "year");
        return year < 100 ? 2000 + year : year;
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?<year>[0-9]{4})[-/](?<month>[0-9]{1,2})[-/](?<day>[0-9]{1,2})\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\b(?<one>[0-9]{1,2})\.(?<two>[0-9]{1,2})\.(?<year>[0-9]{4}|[0-9]{2})\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"(?<![0-9/])(?<one>[0-9]{1,2})/(?<two>[0-9]{1,2})(/(?<year>[0-9]{4}|[0-9]{2}))?(?![0-9/])",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\b(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:[0-9]{2})?\s*(?<half>[AaPp][Mm])?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Time();
}
