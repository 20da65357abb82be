using DigiHub.Tests;
using DigiHub.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Tests.Components;

public class FractionsTests
{
    /// <summary>
    /// Blazor writes a number with the reader's comma: "33,3" is no width in HTML or SVG, and a report in German lost its bars by it.
    /// Whole numbers are written alike in both languages.
    /// </summary>
    [Fact]
    public void No_component_leaves_it_to_the_language_how_a_fraction_is_written() => Assert.DoesNotContain(
        new[] { typeof(double), typeof(float), typeof(decimal) }.SelectMany(number => Il.BoxersOf(number, typeof(App).Assembly)),
        name => typeof(App).Assembly.GetType(name)!.IsAssignableTo(typeof(ComponentBase)));
}
