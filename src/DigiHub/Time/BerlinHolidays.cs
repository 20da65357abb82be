using System.Collections.Concurrent;

namespace DigiHub.Time;

/// <summary>
/// Berlin's public holidays by rule. Source: Berlin's Gesetz über die Sonn- und Feiertage (§ 1, with 8 March since 2019 and its one-off days),
/// and the Treaty of Unification, art. 2 (3 October). Sundays are not listed, nor Easter and Whit Sunday, which the law does not name.
/// </summary>
public static class BerlinHolidays
{
    /// <summary>The years known. Until 1994 there was a further one, the Day of Repentance and Prayer; the hub looks no further back.</summary>
    public const int YearMin = SiteTime.YearMin, YearMax = SiteTime.YearMax;

    private const int WomensDaySince = 2019;

    // Bounded by the years known.
    private static readonly ConcurrentDictionary<int, IReadOnlyList<(LocalDate Date, Words Name)>> Years = new();

    private static readonly (LocalDate Date, Words Name)[] OneOffs =
    [
        (new(2017, 10, 31), new("Reformation Day", "Reformationstag")),
        (new(2020, 5, 8), new("75th anniversary of the Liberation", "75. Jahrestag der Befreiung")),
        (new(2025, 5, 8), new("80th anniversary of the Liberation", "80. Jahrestag der Befreiung")),
        (new(2028, 6, 17), new("75th anniversary of the Uprising of 1953", "75. Jahrestag des Aufstandes vom 17. Juni 1953")),
    ];

    /// <summary>Null on every other day, and outside the years known.</summary>
    public static Words? Name(LocalDate date)
    {
        if (date.Year is < YearMin or > YearMax)
            return null;
        foreach (var holiday in Of(date.Year))
        {
            if (holiday.Date == date)
                return holiday.Name;
        }
        return null;
    }

    /// <summary>In the order of the year, each date once: where two holidays meet (1 May 2008 was Ascension Day too) both are named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not in <see cref="YearMin"/> to <see cref="YearMax"/>.</exception>
    public static IReadOnlyList<(LocalDate Date, Words Name)> Of(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, YearMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, YearMax);
        return Years.GetOrAdd(year, static year =>
        [
            .. ByRule(year).Concat(OneOffs.Where(day => day.Date.Year == year))
                .GroupBy(day => day.Date, day => day.Name)
                .OrderBy(day => day.Key)
                .Select(day => (day.Key, day.Aggregate((one, other) => new($"{one.English}, {other.English}", $"{one.German}, {other.German}")))),
        ]);
    }

    private static IEnumerable<(LocalDate Date, Words Name)> ByRule(int year)
    {
        var easter = EasterSunday(year);
        yield return (new(year, 1, 1), new("New Year’s Day", "Neujahr"));
        if (year >= WomensDaySince)
            yield return (new(year, 3, 8), new("Women’s Day", "Frauentag"));
        yield return (easter.PlusDays(-2), new("Good Friday", "Karfreitag"));
        yield return (easter.PlusDays(1), new("Easter Monday", "Ostermontag"));
        yield return (new(year, 5, 1), new("Labour Day", "Tag der Arbeit"));
        yield return (easter.PlusDays(39), new("Ascension Day", "Christi Himmelfahrt"));
        yield return (easter.PlusDays(50), new("Whit Monday", "Pfingstmontag"));
        yield return (new(year, 10, 3), new("Day of German Unity", "Tag der Deutschen Einheit"));
        yield return (new(year, 12, 25), new("Christmas Day", "1. Weihnachtstag"));
        yield return (new(year, 12, 26), new("Second Day of Christmas", "2. Weihnachtstag"));
    }

    /// <summary>
    /// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 that Butcher's Ecclesiastical Calendar and Meeus's
    /// Astronomical Algorithms (chapter 8) give. It holds for every Gregorian year; the notifications are those of the books.
    /// </summary>
    public static LocalDate EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var (month, dayBefore) = Math.DivRem(h + l - (7 * m) + 114, 31);
        return new(year, month, dayBefore + 1);
    }
}
