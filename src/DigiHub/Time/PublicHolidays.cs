using System.Collections.Concurrent;
using static DigiHub.Time.Land;

namespace DigiHub.Time;

/// <summary>
/// The public holidays of a Land by rule, as its law on Sundays and holidays has them (in Berlin: Gesetz über die Sonn- und Feiertage,
/// § 1, with its one-off days), and the Treaty of Unification, art. 2 (3 October). Left out is what is a holiday in some
/// municipalities only (Assumption in Bavaria, Corpus Christi in parts of Saxony and Thuringia, Augsburg's Peace Festival), and
/// Sundays, but where the law names them (Brandenburg).
/// </summary>
public static class PublicHolidays
{
    /// <summary>
    /// The years known. Until 1994 the Day of Repentance and Prayer was one in every Land; the hub looks no further back.
    /// </summary>
    public const int YearMin = SiteTime.YearMin, YearMax = SiteTime.YearMax;

    // Bounded by the Länder and the years known.
    private static readonly ConcurrentDictionary<(Land Land, int Year), IReadOnlyList<(LocalDate Date, Words Name)>> Known = new();

    /// <summary>Null on every other day, and outside the years known.</summary>
    public static Words? Name(Land land, LocalDate date)
    {
        if (date.Year is < YearMin or > YearMax)
            return null;
        foreach (var holiday in Of(land, date.Year))
        {
            if (holiday.Date == date)
                return holiday.Name;
        }
        return null;
    }

    /// <summary>
    /// In the order of the year, each date once: where two holidays meet (1 May 2008 was Ascension Day too) both are named.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not in <see cref="YearMin"/> to <see cref="YearMax"/>.</exception>
    public static IReadOnlyList<(LocalDate Date, Words Name)> Of(Land land, int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, YearMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, YearMax);
        return Known.GetOrAdd((land, year), static asked =>
        [
            .. (from rule in Rules
                where rule.Kept(asked.Land, asked.Year)
                group rule.Name by rule.On(asked.Year) into day
                orderby day.Key
                select (day.Key, day.Aggregate((one, other) => new($"{one.English}, {other.English}", $"{one.German}, {other.German}")))),
        ]);
    }

    private sealed record Rule(Words Name, Func<int, LocalDate> On, Func<Land, int, bool> Kept);

    private static IReadOnlyList<Rule> Rules { get; } =
    [
        Each(1, 1, "New Year’s Day", "Neujahr"),
        Each(1, 6, "Epiphany", "Heilige Drei Könige", BW, BY, ST),
        Each(3, 8, "Women’s Day", "Frauentag", kept: (land, year) => (land is BE && year >= 2019) || (land is MV && year >= 2023)),
        Moving(-2, "Good Friday", "Karfreitag"),
        Moving(0, "Easter Sunday", "Ostersonntag", BB),
        Moving(1, "Easter Monday", "Ostermontag"),
        Each(5, 1, "Labour Day", "Tag der Arbeit"),
        Moving(39, "Ascension Day", "Christi Himmelfahrt"),
        Moving(49, "Whit Sunday", "Pfingstsonntag", BB),
        Moving(50, "Whit Monday", "Pfingstmontag"),
        Moving(60, "Corpus Christi", "Fronleichnam", BW, BY, HE, NW, RP, SL),
        Each(8, 15, "Assumption Day", "Mariä Himmelfahrt", SL),
        Each(9, 20, "World Children’s Day", "Weltkindertag", kept: (land, year) => land is TH && year >= 2019),
        Each(10, 3, "Day of German Unity", "Tag der Deutschen Einheit"),
        Each(10, 31, "Reformation Day", "Reformationstag", kept: (land, year) =>
            year == 2017 || land is BB or MV or SN or ST or TH || (land is HB or HH or NI or SH && year >= 2018)),
        Each(11, 1, "All Saints’ Day", "Allerheiligen", BW, BY, NW, RP, SL),
        new(new("Day of Repentance and Prayer", "Buß- und Bettag"), RepentanceDay, (land, _) => land is SN),
        Each(12, 25, "Christmas Day", "1. Weihnachtstag"),
        Each(12, 26, "Second Day of Christmas", "2. Weihnachtstag"),
        Once(2020, 5, 8, "75th anniversary of the Liberation", "75. Jahrestag der Befreiung", BE),
        Once(2025, 5, 8, "80th anniversary of the Liberation", "80. Jahrestag der Befreiung", BE),
        Once(2028, 6, 17, "75th anniversary of the Uprising of 1953", "75. Jahrestag des Aufstandes vom 17. Juni 1953", BE),
    ];

    /// <param name="lands">None: every Land.</param>
    private static Rule Each(int month, int day, string english, string german, params Land[] lands) =>
        new(new(english, german), year => new LocalDate(year, month, day), In(lands));

    private static Rule Each(int month, int day, string english, string german, Func<Land, int, bool> kept) =>
        new(new(english, german), year => new LocalDate(year, month, day), kept);

    /// <param name="days">After Easter Sunday.</param>
    private static Rule Moving(int days, string english, string german, params Land[] lands) =>
        new(new(english, german), year => Easter.Sunday(year).PlusDays(days), In(lands));

    private static Rule Once(int inYear, int month, int day, string english, string german, Land inLand) =>
        new(new(english, german), year => new LocalDate(year, month, day), (land, year) => land == inLand && year == inYear);

    private static Func<Land, int, bool> In(Land[] lands) => lands.Length == 0 ? (_, _) => true : (land, _) => lands.Contains(land);

    /// <summary>The Wednesday before 23 November.</summary>
    private static LocalDate RepentanceDay(int year) => new LocalDate(year, 11, 23).Previous(IsoDayOfWeek.Wednesday);
}
