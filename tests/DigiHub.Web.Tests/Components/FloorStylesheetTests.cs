using System.Globalization;
using DigiHub.Spaces;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class FloorStylesheetTests
{
    [Fact]
    public void Puts_each_desk_in_its_cells_with_a_little_room_around_it() =>
        Assert.Equal(
            "@layer places{#p7{aspect-ratio:50/25;--ratio:2}#s5{left:20.16%;top:40.32%;width:5.68%;height:7.36%}"
                + "#s12{left:0.16%;top:0.32%;width:1.68%;height:3.36%}}",
            FloorStylesheet.Of(Plan((12, 1, 1, 1, 1), (5, 11, 11, 3, 2))));

    [Theory]
    [InlineData(-3, 2, 0.16)]
    [InlineData(1, 1, 0.16)]
    [InlineData(50, 1, 98.16)]
    [InlineData(51, 3, 98.16)]
    [InlineData(int.MaxValue, int.MaxValue, 98.16)]
    [InlineData(int.MinValue, int.MaxValue, 0.16)]
    public void Keeps_every_desk_on_the_plan(int x, int width, double left)
    {
        var css = FloorStylesheet.Of(Plan((1, x, 1, width, 1)));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"#s1{{left:{left:0.##}%"), css, StringComparison.Ordinal);
        Assert.DoesNotContain("width:-", css, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_points_for_decimals_in_German_too()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Languages.German;
        try
        {
            Assert.Contains("left:20.16%", FloorStylesheet.Of(Plan((1, 11, 14, 3, 2))), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Its_version_changes_when_a_desk_moves_and_only_then()
    {
        var version = FloorStylesheet.VersionOf(Plan((1, 10, 20, 3, 2), (2, 30, 20, 3, 2)));

        Assert.Equal(version, FloorStylesheet.VersionOf(Plan((2, 30, 20, 3, 2), (1, 10, 20, 3, 2))));
        Assert.NotEqual(version, FloorStylesheet.VersionOf(Plan((1, 10, 20, 3, 2), (2, 30, 21, 3, 2))));
        Assert.Matches("^[0-9a-f]{10}$", version);
    }

    private static FloorPlan Plan(params (int SpaceId, int X, int Y, int Width, int Height)[] places) => new()
    {
        FloorId = 7,
        Columns = 50,
        Rows = 25,
        Revision = 1,
        SavedAt = default,
        Places = [.. places.Select(place => new PlanPlace
        {
            SpaceId = place.SpaceId,
            X = place.X,
            Y = place.Y,
            Width = place.Width,
            Height = place.Height,
        })],
    };
}
