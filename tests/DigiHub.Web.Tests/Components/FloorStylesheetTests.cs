using System.Globalization;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class FloorStylesheetTests
{
    [Fact]
    public void Puts_each_desk_in_its_place() =>
        Assert.Equal(
            "@layer places{#s5{left:48%;top:15.5%}#s12{left:12.35%;top:0%}}",
            FloorStylesheet.Of([(5, 48, 15.5), (12, 12.345, 0)]));

    [Theory]
    [InlineData(-3, "0")]
    [InlineData(0, "0")]
    [InlineData(100, "100")]
    [InlineData(100.01, "100")]
    [InlineData(1e300, "100")]
    [InlineData(double.NaN, "50")]
    [InlineData(double.PositiveInfinity, "50")]
    public void Keeps_every_desk_on_the_plan(double x, string left) =>
        Assert.Equal($"@layer places{{#s1{{left:{left}%;top:50%}}}}", FloorStylesheet.Of([(1, x, 50)]));

    [Fact]
    public void Writes_points_for_decimals_in_German_too()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Languages.German;
        try
        {
            Assert.Contains("left:8.2%", FloorStylesheet.Of([(1, 8.2, 14)]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Its_version_changes_when_a_desk_moves_and_only_then()
    {
        var version = FloorStylesheet.VersionOf([(1, 10, 20), (2, 30, 40)]);

        Assert.Equal(version, FloorStylesheet.VersionOf([(1, 10, 20), (2, 30, 40)]));
        Assert.NotEqual(version, FloorStylesheet.VersionOf([(1, 10, 20), (2, 30.5, 40)]));
        Assert.Matches("^[0-9a-f]{10}$", version);
    }
}
