using DigiHub.Time;

namespace DigiHub.Web.Events;

/// <summary>The headings of a list of events: near ones by the week, far ones by the month.</summary>
public static class EventWeeks
{
    /// <summary>
    /// "This week", "Next week", then "December 2026"; a day gone by (an event still running) counts as this week. Weeks begin on Monday.
    /// </summary>
    public static Words Of(LocalDate date, LocalDate today)
    {
        var monday = today.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        if (date < monday.PlusDays(7))
            return new("This week", "Diese Woche");
        if (date < monday.PlusDays(14))
            return new("Next week", "Nächste Woche");

        var month = TimeWords.MonthName(date.Month);
        return new($"{month.English} {date.Year}", $"{month.German} {date.Year}");
    }
}
