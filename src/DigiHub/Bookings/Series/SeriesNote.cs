using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace DigiHub.Bookings.Series;

/// <summary>
/// What stands in the Note of a notification about a series: the dates of its pattern that it tells of, the first whole and each other by
/// the days since the one before, so that all of them fit.
/// </summary>
public static class SeriesNote
{
    public static string Of(IEnumerable<LocalDate> dates)
    {
        var note = new StringBuilder();
        LocalDate? before = null;
        foreach (var date in dates.Order())
        {
            if (before is { } last)
                note.Append(CultureInfo.InvariantCulture, $" {Period.DaysBetween(last, date)}");
            else
                note.Append(LocalDatePattern.Iso.Format(date));
            before = date;
        }

        return note.ToString();
    }

    /// <summary>In order; none for what is no such note.</summary>
    public static IReadOnlyList<LocalDate> Dates(string? note)
    {
        if (note?.Split(' ') is not [var written, .. var steps]
            || LocalDatePattern.Iso.Parse(written) is not { Success: true, Value: var first })
            return [];
        List<LocalDate> dates = [first];
        foreach (var step in steps)
        {
            if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var days))
                break;
            dates.Add(dates[^1].PlusDays(days));
        }

        return dates;
    }
}
