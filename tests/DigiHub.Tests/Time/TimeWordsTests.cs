using System.Globalization;
using DigiHub.Time;
using static DigiHub.Tests.Time.Berlin;

namespace DigiHub.Tests.Time;

public sealed class TimeWordsTests
{
    [Theory]
    [InlineData("2026-11-23", "Monday 23 November 2026", "Montag, 23. November 2026")]
    [InlineData("2027-03-08", "Monday 8 March 2027", "Montag, 8. März 2027")]
    [InlineData("2028-02-29", "Tuesday 29 February 2028", "Dienstag, 29. Februar 2028")]
    [InlineData("2026-09-05", "Saturday 5 September 2026", "Samstag, 5. September 2026")]
    public void Writes_a_day(string date, string english, string german) =>
        Assert.Equal(new Words(english, german), TimeWords.Day(Day(date)));

    [Theory]
    [InlineData("2026-11-23", "Mon 23 Nov", "Mo 23.11.")]
    [InlineData("2026-09-05", "Sat 5 Sep", "Sa 05.09.")]
    public void Writes_a_day_short(string date, string english, string german) =>
        Assert.Equal(new Words(english, german), TimeWords.ShortDay(Day(date)));

    [Theory]
    [InlineData("00:00", "00:00")]
    [InlineData("09:05", "09:05")]
    [InlineData("23:59", "23:59")]
    public void Writes_a_clock_of_24_hours_in_two_digits(string time, string written) =>
        Assert.Equal(new Words(written, written), TimeWords.Clock(Clock(time)));

    [Fact]
    public void Writes_a_day_that_follows_on_or_am() =>
        Assert.Equal(new Words("Monday 8 March 2027", "Montag, dem 8. März 2027"), TimeWords.OnDay(Day("2027-03-08")));

    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23 11:00", "Monday 23 November 2026, 09:00 to 11:00",
        "Montag, 23. November 2026, 09:00 bis 11:00 Uhr")]
    [InlineData("2026-11-23 18:00", "2026-11-24 00:00", "Monday 23 November 2026, 18:00 to 24:00",
        "Montag, 23. November 2026, 18:00 bis 24:00 Uhr")]
    [InlineData("2026-11-23 00:00", "2026-11-24 00:00", "Monday 23 November 2026, all day", "Montag, 23. November 2026, ganztägig")]
    [InlineData("2026-10-24 22:00", "2026-10-25 06:00",
        "Saturday 24 October 2026, 22:00 to Sunday 25 October 2026, 06:00",
        "Samstag, 24. Oktober 2026, 22:00 Uhr bis Sonntag, 25. Oktober 2026, 06:00 Uhr")]
    [InlineData("2026-12-31 22:00", "2027-01-02 00:00",
        "Thursday 31 December 2026, 22:00 to Friday 1 January 2027, 24:00",
        "Donnerstag, 31. Dezember 2026, 22:00 Uhr bis Freitag, 1. Januar 2027, 24:00 Uhr")]
    public void Writes_a_span(string start, string end, string english, string german) =>
        Assert.Equal(new Words(english, german), TimeWords.Span(new(At(start), At(end))));

    [Theory]
    [InlineData(0, "0 min", "0 Min.")]
    [InlineData(59, "under 1 min", "unter 1 Min.")]
    [InlineData(60, "1 min", "1 Min.")]
    [InlineData(119, "1 min", "1 Min.")]
    [InlineData(45 * 60, "45 min", "45 Min.")]
    [InlineData(60 * 60, "1 h", "1 Std.")]
    [InlineData(90 * 60, "1 h 30 min", "1 Std. 30 Min.")]
    [InlineData(23 * 3600, "23 h", "23 Std.")]
    [InlineData(24 * 3600, "1 day", "1 Tag")]
    [InlineData(25 * 3600, "25 h", "25 Std.")]
    [InlineData(14 * 24 * 3600, "14 days", "14 Tage")]
    public void Writes_a_length(int seconds, string english, string german) =>
        Assert.Equal(new Words(english, german), TimeWords.Length(Duration.FromSeconds(seconds)));

    [Fact]
    public void Has_no_words_for_a_negative_length() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeWords.Length(Duration.FromMinutes(-1)));

    [Fact]
    public void Writes_alike_whatever_the_culture_of_the_thread()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");

            Assert.Equal("Monday 23 November 2026, 09:00 to 11:00",
                TimeWords.Span(LocalSpan.On(Day("2026-11-23"), new(9, 0), new(11, 0))).English);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
