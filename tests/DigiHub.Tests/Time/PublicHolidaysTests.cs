using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class PublicHolidaysTests
{
    [Fact]
    public void Knows_the_holidays_of_2026() => Assert.Equal(
        [
            (Day("2026-01-01"), new Words("New Year’s Day", "Neujahr")),
            (Day("2026-03-08"), new Words("Women’s Day", "Frauentag")),
            (Day("2026-04-03"), new Words("Good Friday", "Karfreitag")),
            (Day("2026-04-06"), new Words("Easter Monday", "Ostermontag")),
            (Day("2026-05-01"), new Words("Labour Day", "Tag der Arbeit")),
            (Day("2026-05-14"), new Words("Ascension Day", "Christi Himmelfahrt")),
            (Day("2026-05-25"), new Words("Whit Monday", "Pfingstmontag")),
            (Day("2026-10-03"), new Words("Day of German Unity", "Tag der Deutschen Einheit")),
            (Day("2026-12-25"), new Words("Christmas Day", "1. Weihnachtstag")),
            (Day("2026-12-26"), new Words("Second Day of Christmas", "2. Weihnachtstag")),
        ],
        PublicHolidays.Of(Land.BE, 2026));

    [Fact]
    public void Knows_the_holidays_of_2027() => Assert.Equal(
        ["2027-01-01", "2027-03-08", "2027-03-26", "2027-03-29", "2027-05-01",
            "2027-05-06", "2027-05-17", "2027-10-03", "2027-12-25", "2027-12-26"],
        PublicHolidays.Of(Land.BE, 2027).Select(holiday => holiday.Date.ToString("uuuu-MM-dd", null)));

    /// <summary>
    /// The file: each Land and year with its dates, as published for 2026 to 2030; days of single municipalities left out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Published))]
    public void Knows_the_published_days_of_every_land(Land land, int year, string dates) => Assert.Equal(
        dates,
        string.Join(' ', PublicHolidays.Of(land, year).Select(holiday => holiday.Date.ToString("MM-dd", null))));

    public static TheoryData<Land, int, string> Published { get; } = [.. Read()];

    private static IEnumerable<(Land Land, int Year, string Dates)> Read() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests", "DigiHub.Tests", "Time", "public-holidays-2026-2030.txt"))
        let parts = line.Split(' ', 3)
        select (Enum.Parse<Land>(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]);

    [Fact]
    public void The_published_days_are_those_of_sixteen_lands_and_five_years() =>
        Assert.Equal(Enum.GetValues<Land>().Length * 5, Read().Select(row => (row.Land, row.Year)).Distinct().Count());

    [Theory]
    [InlineData(Land.HH, "2017-10-31", true)] // 500 years of the Reformation, in every Land
    [InlineData(Land.HH, "2016-10-31", false)]
    [InlineData(Land.HH, "2018-10-31", true)]
    [InlineData(Land.MV, "2022-03-08", false)]
    [InlineData(Land.MV, "2023-03-08", true)]
    [InlineData(Land.TH, "2018-09-20", false)]
    [InlineData(Land.TH, "2019-09-20", true)]
    [InlineData(Land.BY, "2026-08-15", false)] // in most of its municipalities, not in all
    [InlineData(Land.BB, "2026-04-05", true)] // the only law that names Easter Sunday
    public void Keeps_the_rules_of_each_time(Land land, string date, bool isHoliday) =>
        Assert.Equal(isHoliday, PublicHolidays.Name(land, Day(date)) is not null);

    [Fact]
    public void Every_land_has_its_name() =>
        Assert.Equal(16, Enum.GetValues<Land>().Select(land => land.Words.German).Distinct().Count());

    [Theory]
    [InlineData("2018-03-08", null)] // Women's Day since 2019
    [InlineData("2019-03-08", "Frauentag")]
    [InlineData("2017-10-31", "Reformationstag")] // 500 years, once
    [InlineData("2016-10-31", null)]
    [InlineData("2026-10-31", null)] // a holiday in Brandenburg, not in Berlin
    [InlineData("2020-05-08", "75. Jahrestag der Befreiung")]
    [InlineData("2025-05-08", "80. Jahrestag der Befreiung")]
    [InlineData("2026-05-08", null)]
    [InlineData("2028-06-17", "75. Jahrestag des Aufstandes vom 17. Juni 1953")]
    [InlineData("2027-06-17", null)]
    [InlineData("2026-04-05", null)] // Easter Sunday is none in Berlin
    [InlineData("2026-12-24", null)]
    [InlineData("2026-12-31", null)]
    [InlineData("2008-05-01", "Tag der Arbeit, Christi Himmelfahrt")] // two on one day
    [InlineData("1994-12-25", null)] // before the years known
    [InlineData("2300-12-25", null)]
    public void Names_a_day_as_berlin_keeps_it(string date, string? german) =>
        Assert.Equal(german, PublicHolidays.Name(Land.BE, Day(date))?.German);

    [Theory]
    [InlineData("1995-04-16")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2011-04-24")]
    [InlineData("2019-04-21")] // the astronomers would have had it in March
    [InlineData("2024-03-31")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")] // the day the clocks go forward
    [InlineData("2038-04-25")] // the latest there can be
    [InlineData("2049-04-18")] // one of the two exceptions Gauss had to add
    [InlineData("2076-04-19")] // the other
    [InlineData("2285-03-22")] // the earliest there can be
    public void Computes_easter(string date) =>
        Assert.Equal(Day(date), Easter.Sunday(Day(date).Year));

    [Fact]
    public void Every_year_known_has_them_in_order_with_easter_on_a_sunday()
    {
        for (var year = PublicHolidays.YearMin; year <= PublicHolidays.YearMax; year++)
        {
            var (days, easter) = (PublicHolidays.Of(Land.BE, year).Select(holiday => holiday.Date).ToList(), Easter.Sunday(year));

            Assert.Equal(days.Distinct().Order(), days);
            Assert.InRange(days.Count, 8, 11); // in Berlin
            Assert.Equal(IsoDayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new(year, 3, 22), new(year, 4, 25));
        }
    }

    [Theory]
    [InlineData(1994)]
    [InlineData(2300)]
    public void Lists_no_year_it_does_not_know(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicHolidays.Of(Land.BE, year));
}
