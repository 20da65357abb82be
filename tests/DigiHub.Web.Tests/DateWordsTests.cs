using System.Globalization;
using DigiHub.Tests;
using DigiHub.Web.Account;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Tests;

/// <summary>Where no site says by which clock: the hub's own zone, which is a setting.</summary>
public sealed class DateWordsTests
{
    private static readonly Instant evening = Instant.FromUtc(2026, 11, 23, 23, 30);

    [Theory]
    [InlineData("Europe/Berlin", 24, "00:30", "(Berlin)")]
    [InlineData("America/New_York", 23, "18:30", "(New York)")]
    public void Times_are_told_on_the_clock_of_the_setting(string zone, int day, string clock, string place)
    {
        var dates = new DateWords(DateTimeZoneProviders.Tzdb[zone]);

        Assert.Equal(new LocalDate(2026, 11, day), dates.DayOf(evening));
        Assert.Contains(clock, dates.TimeOf(evening), StringComparison.Ordinal);
        Assert.EndsWith(place, dates.TimeOf(evening), StringComparison.Ordinal);
        Assert.Equal(dates.DayOf(evening), dates.DayOf(dates.StartOf(dates.DayOf(evening))));
    }

    [Fact]
    public void Times_are_followed_by_Uhr_in_German()
    {
        var dates = new DateWords(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);

        CultureInfo.CurrentUICulture = Languages.German;
        Assert.Equal("24. November 2026, 00:30 Uhr (Berlin)", dates.TimeOf(evening));
        CultureInfo.CurrentUICulture = Languages.English;
        Assert.Equal("24 November 2026, 00:30 (Berlin)", dates.TimeOf(evening));
    }

    [Fact]
    public void The_zone_stands_in_one_setting_and_in_the_demo_and_nowhere_else()
    {
        var src = Path.Combine(Repository.Root, "src");
        var naming = from path in Directory.EnumerateFiles(src, "*.*", SearchOption.AllDirectories)
                     let file = Path.GetRelativePath(src, path).Replace('\\', '/')
                     where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
                         || file.EndsWith(".js", StringComparison.Ordinal)
                     where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                         && !file.StartsWith("DigiHub/Demo/", StringComparison.Ordinal)
                     where File.ReadAllText(path).Contains("Europe/Berlin", StringComparison.Ordinal)
                     select file;

        Assert.Equal(["DigiHub.Web/HubSettings.cs"], naming);
    }
}
