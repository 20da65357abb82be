using System.Globalization;
using System.Text;

namespace DigiHub.Web.Components;

/// <summary>
/// A building that grows along with the hub: the lot, its sign, the shell, what stands in it, lights and people. Decoration in the site's
/// colour; the words beside it say how far set-up is.
/// </summary>
public static class SetupDrawing
{
    public const int Width = 600, Height = 336;

    private const string Lot =
        """
        <path class="a-sky" d="M0 0h600v336H0z"/>
        <path class="a-far" d="M0 326V210h50v-34h44v60h70v-90h60v70h90v-50h50v44h96v-80h50v60h90v136z"/>
        <path class="a-bank" d="M0 326h600v10H0z"/>
        """;

    private const string Outline =
        """<path class="a-line thin dashed" d="M20 54 160 14 300 54 440 14 580 54M20 54v272M580 54v272M20 144h560M20 234h560"/>""";

    private const string Sign =
        """
        <path class="a-line" d="M420 326v-110"/><path class="a-wall framed" d="M360 196h150v56H360z"/>
        <circle class="a-site" cx="392" cy="224" r="14"/>
        <path class="a-line thin" d="M424 216h70M424 232h48"/>
        """;

    private const string Walls =
        """
        <path class="a-site" d="M20 54 160 14 300 54 440 14 580 54z"/><circle class="a-pane" cx="160" cy="40" r="8"/>
        <circle class="a-pane" cx="440" cy="40" r="8"/><path class="a-wall" d="M20 54h560v270H20z"/>
        <path class="a-floor" d="M16 143h568M16 233h568M16 323h568"/><path class="a-line fat" d="M20 54v270M580 54v270"/>
        """;

    private static readonly int[] floors = [72, 162, 252];

    /// <summary>What has been done up to this stop, as the content of an SVG of this width and height.</summary>
    public static string Of(SetupStep here)
    {
        var drawn = new StringBuilder(Lot);
        if (here <= SetupStep.Hub)
            drawn.Append(Outline);
        if (here == SetupStep.Hub)
            drawn.Append(Sign);
        if (here >= SetupStep.Site)
            drawn.Append(Walls);
        if (here >= SetupStep.Site)
            Windows(drawn, isLit: here == SetupStep.Open, isFurnished: here >= SetupStep.Spaces);
        if (here >= SetupStep.Spaces)
            Furniture(drawn);
        if (here == SetupStep.Open)
            People(drawn, 205, 330, 400, 470, 545);
        else
            People(drawn, 300);
        return drawn.ToString();
    }

    private static void Windows(StringBuilder drawn, bool isLit, bool isFurnished)
    {
        foreach (var y in floors.Take(isFurnished ? 2 : 3))
        {
            for (var x = 52; x < 530; x += 72)
            {
                var glass = isLit ? "a-glass lit" : "a-glass";
                drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"{glass}\" d=\"M{x} {y}h46v38h-46z\"/>");
                drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-line thin\" d=\"M{x} {y}h46v38h-46zM{x + 23} {y}v38\"/>");
            }
        }

        if (!isFurnished)
            drawn.Append("""<path class="a-ink" d="M276 322v-50h48v50z"/>""");
    }

    /// <summary>On the ground floor: a phone booth, a room with its table and screen, desks.</summary>
    private static void Furniture(StringBuilder drawn)
    {
        drawn.Append("""<path class="a-tint" d="M22 235h258v87H22z"/><path class="a-line" d="M130 234v88M280 234v88"/>""")
            .Append("""<path class="a-wall framed" d="M56 322v-62a8 8 0 0 1 8-8h24a8 8 0 0 1 8 8v62z"/>""")
            .Append("""<path class="a-line thin" d="M64 308h24"/>""")
            .Append("""<path class="a-ink" d="M183 248h44v26h-44zM160 300h90v5h-90zM174 305h3v17h-3zM233 305h3v17h-3z"/>""");
        for (var x = 304; x < 560; x += 70)
        {
            drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-ink\" d=\"M{x} 298h48v4h-48z\"/>");
            drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-ink\" d=\"M{x + 4} 302h2v20h-2zM{x + 42} 302h2v20h-2z\"/>");
            drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-ink\" d=\"M{x + 18} 280h20v13h-20zM{x + 26} 293h4v5h-4z\"/>");
        }
    }

    private static void People(StringBuilder drawn, params ReadOnlySpan<int> at)
    {
        foreach (var x in at)
        {
            drawn.Append(CultureInfo.InvariantCulture, $"<circle class=\"a-person\" cx=\"{x}\" cy=\"270\" r=\"8\"/>");
            drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-person\" d=\"M{x - 9} 307v-14a9 9 0 0 1 18 0v14z\"/>");
            drawn.Append(CultureInfo.InvariantCulture, $"<path class=\"a-leg\" d=\"M{x - 4} 307l-3 17M{x + 4} 307l3 17\"/>");
        }
    }
}
