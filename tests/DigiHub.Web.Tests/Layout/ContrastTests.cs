using System.Globalization;
using System.Text.RegularExpressions;
using DigiHub.Sites;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Layout;

/// <summary>
/// Computes the contrast of every pair of colours the stylesheets put upon each other, in both themes (WCAG 2.2, 1.4.3 and 1.4.11).
/// </summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5, Control = 3;

    private static readonly Dictionary<string, (string Light, string Dark)> tokens = Token()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "src/DigiHub.Web/wwwroot/css/tokens.css")))
        .ToDictionary(
            token => token.Groups["name"].Value,
            token => token.Groups["one"].Success
                ? (token.Groups["one"].Value, token.Groups["one"].Value)
                : (token.Groups["light"].Value, token.Groups["dark"].Value),
            StringComparer.Ordinal);

    [Theory]
    [InlineData("ink", "paper surface raised sunken hover ok-tint warn-tint bad-tint")]
    [InlineData("ink", "heat-1 heat-2 heat-3")]
    [InlineData("on-fill", "heat-4 heat-5")]
    [InlineData("ink-2", "paper surface raised sunken")]
    [InlineData("ink-3", "paper surface raised sunken")]
    [InlineData("on-signal", "signal")]
    [InlineData("paper", "ink ink-2")]
    [InlineData("ok", "surface ok-tint")]
    [InlineData("warn", "surface warn-tint")]
    [InlineData("bad", "surface bad-tint")]
    public void Text_can_be_read_on_whatever_lies_beneath(string text, string beneath) => Keeps(Text, text, beneath);

    /// <summary>A site may wear any of the palette.</summary>
    [Theory]
    [MemberData(nameof(SiteColours))]
    public void Each_colour_of_a_site_can_be_read_and_seen(string colour)
    {
        Keeps(Text, colour, $"paper surface raised sunken {colour}-tint");
        Keeps(Text, "ink", $"{colour}-tint");
        Keeps(Text, "on-fill", $"{colour}-fill {colour}-press");
        Keeps(Control, $"{colour}-fill", "surface");
    }

    public static TheoryData<string> SiteColours => [.. Enum.GetNames<SiteColour>().Select(name => name.ToLowerInvariant())];

    [Theory]
    [InlineData("ctl", "paper surface")]
    [InlineData("bad", "surface")]
    public void The_edge_of_a_control_can_be_seen(string edge, string beneath) => Keeps(Control, edge, beneath);

    private static void Keeps(double least, string above, string beneath)
    {
        foreach (var below in beneath.Split(' '))
        {
            Assert.True(Ratio(tokens[above].Light, tokens[below].Light) >= least, $"{above} on {below}, light");
            Assert.True(Ratio(tokens[above].Dark, tokens[below].Dark) >= least, $"{above} on {below}, dark");
        }
    }

    private static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex(
        "--(?<name>[a-z0-9-]+): (?:var\\(--light, (?<light>#[0-9A-F]{6})\\) var\\(--dark, (?<dark>#[0-9A-F]{6})\\)|(?<one>#[0-9A-F]{6}));",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
