using System.Xml.Linq;
using DigiHub.Events;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class CoverPatternTests
{
    private static readonly Guid clinic = Guid.Parse("019a9f00-0000-7000-8000-000000000042");

    [Theory]
    [InlineData("fintech")]
    [InlineData("iot")]
    public void The_same_event_always_has_the_same_cover(string topic) =>
        Assert.Equal(CoverPattern.Of(clinic, topic), CoverPattern.Of(clinic, topic));

    [Theory]
    [InlineData("fintech")]
    [InlineData("iot")]
    public void Different_events_have_different_covers(string topic)
    {
        var covers = Enumerable.Range(0, 60).Select(i => CoverPattern.Of(Guid.Parse($"019a9f00-0000-7000-8000-{i:000000000000}"), topic));

        Assert.Equal(60, covers.Distinct().Count());
    }

    [Theory]
    [InlineData("fintech")]
    [InlineData("iot")]
    public void A_cover_is_small_well_formed_and_free_of_style_and_script(string topic)
    {
        var svg = CoverPattern.Of(clinic, topic);

        Assert.InRange(svg.Length, 200, 4_000);
        var names = XElement.Parse($"<svg>{svg}</svg>").DescendantsAndSelf()
            .SelectMany(element => element.Attributes()).Select(attribute => attribute.Name.LocalName);
        Assert.Equal(["class", "d"], names.Distinct().Order());
    }

    [Fact]
    public void A_cover_does_not_change_with_the_version_of_anything()
    {
        // Written down once: if this fails, every event would look different to those who know it.
        Assert.StartsWith("""<path class="c-line c-mid" d="M-23 69q16 -104 33 0t33 0""", CoverPattern.Of(clinic, "fintech"));
        Assert.StartsWith("""<path class="c-line c-soft" d="M12 -10L28 8M5 79L1""", CoverPattern.Of(clinic, "iot"));
    }
}
