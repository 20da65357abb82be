using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>The days a ribbon shows: two weeks from today, and the chosen one wherever it lies.</summary>
public static class Ribbon
{
    public const int DaysCount = 14;

    public static IReadOnlyList<RibbonDay> Days(SiteContext place, LocalDate today, LocalDate chosen)
    {
        var days = Enumerable.Range(0, DaysCount).Select(today.PlusDays);
        if (chosen < today)
            days = days.Prepend(chosen);
        else if (chosen >= today.PlusDays(DaysCount))
            days = days.Append(chosen);
        return [.. days.Select(date => Of(place, date))];
    }

    /// <summary>Today while the site is still open, else the next open day: what somebody who opens the page most likely wants.</summary>
    public static LocalDate DayToOpenWith(SiteContext place, Instant now)
    {
        var local = place.Time.Local(now);
        var isOver = place.Hours.On(local.Date) is not { } hours || local >= hours.On(local.Date).End;
        return place.Hours.NextOpenDay(isOver ? local.Date.PlusDays(1) : local.Date) ?? local.Date;
    }

    /// <summary>On the day itself the next half hour, on any other the opening.</summary>
    public static LocalTime NextHalfHour(SiteContext place, LocalDate day, Instant now)
    {
        var local = place.Time.Local(now);
        var opens = place.Hours.On(day)?.Opens ?? new LocalTime(9, 0);
        if (day != local.Date || local.TimeOfDay < opens)
            return opens;
        return local.Hour == 23 ? new LocalTime(23, 30)
            : local.Minute < 30 ? new LocalTime(local.Hour, 30) : new LocalTime(local.Hour + 1, 0);
    }

    private static RibbonDay Of(SiteContext place, LocalDate date) =>
        place.Hours.WhyClosed(date) is { } why
            ? new(date, IsClosed: true, Speak.T($"closed ({why.English})", $"geschlossen ({why.German})"))
            : new(date);
}
