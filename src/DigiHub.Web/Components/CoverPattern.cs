using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DigiHub.Web.Components;

/// <summary>
/// The cover of an event without a picture: the same id always draws the same cover, about 1.5 kB of SVG without any style, coloured by
/// the classes of parts.css.
/// </summary>
public static class CoverPattern
{
    public const int Width = 480, Height = 120;

    /// <param name="topic">Its key: events of one topic have covers of one style.</param>
    public static string Of(Guid id, string? topic)
    {
        var dice = new Dice(id);
        return (topic ?? "").Sum(character => character) % 2 == 1 ? Guilloche(dice) : Mesh(dice);
    }

    /// <summary>Two bands of waves that meet in the same knots, as on banknotes.</summary>
    private static string Guilloche(Dice dice)
    {
        var svg = new StringBuilder(1_600);
        for (var band = 0; band < 2; band++)
        {
            var halfWave = dice.Between(28, 62);
            var axis = dice.Between(40, 80);
            var reach = dice.Between(60, 120);
            var start = -dice.Between(0, halfWave);
            svg.Append("<path class=\"c-line ").Append(band == 0 ? "c-mid" : "c-soft").Append("\" d=\"");
            for (var amplitude = -reach; amplitude <= reach; amplitude += reach / 5)
            {
                // One quadratic half-wave; each "t" mirrors it into the next.
                svg.Append(CultureInfo.InvariantCulture, $"M{start} {axis}q{halfWave / 2} {amplitude} {halfWave} 0");
                for (var x = start + halfWave; x < Width; x += halfWave)
                    svg.Append(CultureInfo.InvariantCulture, $"t{halfWave} 0");
            }
            svg.Append("\"/>");
        }
        return svg.ToString();
    }

    /// <summary>Nodes on a shaken grid, each wired to some of its neighbours.</summary>
    private static string Mesh(Dice dice)
    {
        const int columns = 13, rows = 4, step = 40;
        var nodes = new (int X, int Y)[columns, rows];
        for (var column = 0; column < columns; column++)
            for (var row = 0; row < rows; row++)
                nodes[column, row] = (column * step + dice.Between(-14, 14), row * step + dice.Between(-14, 14));

        var (wires, small, big) = (new StringBuilder(900), new StringBuilder(500), new StringBuilder(200));
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                var (x, y) = nodes[column, row];
                // A stroke of no length with round ends is a dot.
                (dice.Between(0, 4) == 0 ? big : small).Append(CultureInfo.InvariantCulture, $"M{x} {y}h0");
                if (column + 1 < columns && dice.Between(0, 2) > 0)
                    Wire(nodes[column + 1, Math.Clamp(row + dice.Between(-1, 1), 0, rows - 1)]);
                if (row + 1 < rows && dice.Between(0, 2) == 0) Wire(nodes[column, row + 1]);

                void Wire((int X, int Y) to) => wires.Append(CultureInfo.InvariantCulture, $"M{x} {y}L{to.X} {to.Y}");
            }
        }
        return $"<path class=\"c-line c-soft\" d=\"{wires}\"/><path class=\"c-dot\" d=\"{small}\"/><path class=\"c-dot c-big\" "
            + $"d=\"{big}\"/>";
    }

    /// <summary>SplitMix64, written out: a framework's random numbers may change with its version, and with them every cover.</summary>
    private sealed class Dice
    {
        private ulong state;

        public Dice(Guid id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            state = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        }

        /// <summary>Both ends included.</summary>
        public int Between(int least, int most)
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return least + (int)(z % (ulong)(most - least + 1));
        }
    }
}
