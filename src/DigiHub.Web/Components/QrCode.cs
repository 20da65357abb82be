using System.Globalization;
using System.Text;
using QRCoder;

namespace DigiHub.Web.Components;

/// <summary>A QR code as one path of an SVG: crisp at any size on screen and paper, and without any inline style.</summary>
public static class QrCode
{
    /// <summary>Modules of white on each side, as ISO/IEC 18004 demands of a code that any scanner reads.</summary>
    public const int QuietModules = 4;

    /// <summary>The path of the dark modules, and the width and height of all, quiet zone included.</summary>
    public static (string Path, int Modules) Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        // QRCoder's matrix brings a quiet zone of its own, four modules wide.
        var rows = code.ModuleMatrix;
        var path = new StringBuilder(4_000);
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x])
                    continue;
                var from = x;
                while (x + 1 < rows.Count && rows[y][x + 1])
                    x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1H{from}z");
            }
        }

        return (path.ToString(), rows.Count);
    }
}
