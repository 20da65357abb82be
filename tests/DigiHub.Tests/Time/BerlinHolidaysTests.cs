using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class BerlinHolidaysTests
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
        BerlinHolidays.Of(2026));

    [Fact]
    public void Knows_the_holidays_of_2027() => Assert.Equal(
        ["2027-01-01", "2027-03-08", "2027-03-26", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-17", "2027-10-03", "2027-12-25", "2027-12-26"],
        BerlinHolidays.Of(2027).Select(holiday => holiday.Date.ToString("uuuu-MM-dd", null)));

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
        Assert.Equal(german, BerlinHolidays.Name(Day(date))?.German);

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
        Assert.Equal(Day(date), BerlinHolidays.EasterSunday(Day(date).Year));

    [Fact]
    public void Every_year_known_has_them_in_order_with_easter_on_a_sunday()
    {
        for (var year = BerlinHolidays.YearMin; year <= BerlinHolidays.YearMax; year++)
        {
            var (days, easter) = (BerlinHolidays.Of(year).Select(holiday => holiday.Date).ToList(), BerlinHolidays.EasterSunday(year));

            Assert.Equal(days.Distinct().Order(), days);
            Assert.InRange(days.Count, 8, 11);
            Assert.Equal(IsoDayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new(year, 3, 22), new(year, 4, 25));
        }
    }

    [Theory]
    [InlineData(1994)]
    [InlineData(2300)]
    public void Lists_no_year_it_does_not_know(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BerlinHolidays.Of(year));
}
