using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using DigiHub.FloorPlans;

namespace DigiHub.Tests.FloorPlans;

/// <summary>Setting up and running a hub, rule 21: an SVG is written again from what may be in it.</summary>
public sealed class CleanSvgTests
{
    private const string Head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'";

    [Fact]
    public void Shapes_groups_and_texts_come_along_with_their_looks()
    {
        var clean = Clean($"{Head}><g transform='translate(1,2)'><path d='M0 0L5 5z' fill='#A2420E'/><text x='1' y='2'>Küche "
            + "&amp; <tspan>Bar</tspan></text></g></svg>");

        Assert.Equal("<svg viewBox=\"0 0 10 10\" xmlns=\"http://www.w3.org/2000/svg\"><g transform=\"translate(1,2)\">"
            + "<path d=\"M0 0L5 5z\" fill=\"#A2420E\" /><text x=\"1\" y=\"2\">Küche &amp; <tspan>Bar</tspan></text></g></svg>", clean.Svg);
        Assert.Empty(clean.Dropped);
    }

    [Theory]
    [InlineData("><script>alert(1)</script></svg>", "script")]
    [InlineData("><style>@import url(https://example.org)</style></svg>", "style")]
    [InlineData(" onload='alert(1)'/>", "onload")]
    [InlineData("><rect style='fill:url(https://example.org)'/></svg>", "style")]
    [InlineData("><rect fill='url(#a)'/></svg>", "fill")]
    [InlineData("><rect fill='URL(//example.org)'/></svg>", "fill")]
    [InlineData("><use href='#a'/></svg>", "use")]
    [InlineData("><a xlink:href='javascript:alert(1)' xmlns:xlink='http://www.w3.org/1999/xlink'><rect/></a></svg>", "a")]
    [InlineData("><image href='https://example.org/x.png'/></svg>", "image")]
    [InlineData("><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>", "foreignObject")]
    [InlineData("><animate attributeName='href' to='javascript:alert(1)'/></svg>", "animate")]
    [InlineData("><svg><rect/></svg></svg>", "svg")]
    [InlineData("><g xmlns='http://www.w3.org/1999/xhtml'/></svg>", "g")]
    [InlineData("><x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script></svg>", "script")]
    public void All_else_stays_away_and_is_named(string rest, string dropped)
    {
        var clean = Clean(Head + rest);

        Assert.Contains(dropped, clean.Dropped);
        Assert.DoesNotContain("example.org", clean.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", clean.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("xhtml", clean.Svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'a'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>&a;</svg>",
        "picture_unreadable")]
    [InlineData("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'https://example.org/x.dtd'><svg/>", "picture_unreadable")]
    [InlineData("<html/>", "picture_unreadable")]
    [InlineData("<svg viewBox='0 0 1 1'/>", "picture_unreadable")]
    [InlineData("", "picture_unreadable")]
    [InlineData("\u0089PNG\r\n", "picture_unreadable")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_without_size")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 1'/>", "picture_without_size")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'/>", "picture_without_size")]
    public void What_is_no_such_file_is_refused(string sent, string code) =>
        Assert.Equal(code, CleanSvg.Read(Encoding.UTF8.GetBytes(sent)).Refusal?.Code);

    [Fact]
    public void Too_large_too_many_and_too_deep_are_refused()
    {
        Assert.Equal("picture_too_large", CleanSvg.Read(new byte[CleanSvg.BytesMax + 1]).Refusal?.Code);
        Assert.Equal("picture_too_large", Refused(string.Concat(Enumerable.Repeat("<g/>", 20_001))));
        Assert.Equal("picture_too_large",
            Refused(string.Concat(Enumerable.Repeat("<g>", 60)) + string.Concat(Enumerable.Repeat("</g>", 60))));

        static string? Refused(string inside) => CleanSvg.Read(Encoding.UTF8.GetBytes($"{Head}>{inside}</svg>")).Refusal?.Code;
    }

    [Fact]
    public void Broken_files_are_refused_or_cleaned_in_no_time_and_never_break_anything()
    {
        var whole = Encoding.UTF8.GetBytes($"<?xml version='1.0'?>{Head} onclick='x'><g><path d='M0 0'/><text>x<tspan>y</tspan></text>"
            + "<script>z</script></g><!-- c --><circle cx='1' r='2' fill='red'/></svg>");
        var dice = new Random(20261129);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
        {
            var broken = (byte[])whole.Clone();
            for (var k = dice.Next(1, 6); k > 0; k--)
                broken[dice.Next(broken.Length)] = dice.Next(3) == 0 ? (byte)dice.Next(256) : whole[dice.Next(whole.Length)];
            var read = CleanSvg.Read(broken.AsMemory(0, dice.Next(broken.Length + 1)));
            if (read.IsDone)
                AssertClean(XDocument.Parse(Encoding.UTF8.GetString(read.Value.Bytes)));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    private static void AssertClean(XDocument svg) => Assert.DoesNotContain(svg.Descendants(), element =>
        element.Name.LocalName is "script" or "style"
            || element.Attributes().Any(one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));

    private static (string Svg, IReadOnlyList<string> Dropped) Clean(string sent)
    {
        var read = CleanSvg.Read(Encoding.UTF8.GetBytes(sent)).Value;
        return (Encoding.UTF8.GetString(read.Bytes), read.Dropped);
    }
}
