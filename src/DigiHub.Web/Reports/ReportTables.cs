using System.Globalization;
using DigiHub.Reports;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Reports;

/// <summary>What of a report can be taken along.</summary>
public enum ReportTable { Spaces, Hours, Wishes }

/// <summary>A report as rows for a spreadsheet, the headings first; figures are plain numbers.</summary>
internal static class ReportTables
{
    public static IEnumerable<IReadOnlyList<string?>> Rows(Report report, ReportTable table) => table switch
    {
        ReportTable.Spaces => Spaces(report),
        ReportTable.Hours => Hours(report),
        _ => Wishes(report),
    };

    private static IEnumerable<IReadOnlyList<string?>> Spaces(Report report) => report.Spaces
        .Select(one => (IReadOnlyList<string?>)
        [
            one.Place.Site.Name, SpaceWords.Of(one.Space.Kind).Here, one.Space.Name, Hour(one.Minutes.Open), Hour(one.Minutes.Booked),
            Hour(one.Minutes.Used), Number(one.Minutes.UsedShare), Number(one.Bookings), ReportWords.Counted(one.NoShows),
        ])
        .Prepend(
        [
            new Words("Site", "Standort").Here, new Words("Kind", "Art").Here, new Words("Space", "Platz oder Raum").Here,
            new Words("Open hours", "Offene Stunden").Here, new Words("Booked hours", "Gebuchte Stunden").Here,
            new Words("Used hours", "Genutzte Stunden").Here, new Words("Used, per cent", "Genutzt, Prozent").Here,
            new Words("Bookings", "Buchungen").Here, new Words("No-shows", "Nicht erschienen").Here,
        ]);

    private static IEnumerable<IReadOnlyList<string?>> Hours(Report report) => report.Hours
        .Select(one => (IReadOnlyList<string?>)
        [
            TimeWords.DayName(one.Day).Here, $"{one.Hour:00}:00", Hour(one.Minutes.Open), Hour(one.Minutes.Booked), Hour(one.Minutes.Used),
            Number(one.Minutes.UsedShare),
        ])
        .Prepend(
        [
            new Words("Weekday", "Wochentag").Here, new Words("From", "Ab").Here, new Words("Open hours", "Offene Stunden").Here,
            new Words("Booked hours", "Gebuchte Stunden").Here, new Words("Used hours", "Genutzte Stunden").Here,
            new Words("Used, per cent", "Genutzt, Prozent").Here,
        ]);

    private static IEnumerable<IReadOnlyList<string?>> Wishes(Report report) => report.Wishes
        .Select(one => (IReadOnlyList<string?>)
        [
            report.Places.FirstOrDefault(place => place.Site.Id == one.SiteId)?.Site.Name, ReportWords.Of(one.Kind).Here,
            TimeWords.DayName(one.Day).Here, $"{one.Hour:00}:00", ReportWords.Reason(one.Code).Here, one.Code, Number(one.Count),
        ])
        .Prepend(
        [
            new Words("Site", "Standort").Here, new Words("Kind", "Art").Here, new Words("Weekday", "Wochentag").Here,
            new Words("From", "Ab").Here, new Words("Why not", "Warum nicht").Here, new Words("Code", "Code").Here,
            new Words("How often", "Wie oft").Here,
        ]);

    private static string Hour(long minutes) => (minutes / 60.0).ToString("0.##", Languages.Here.Culture());

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
