using System.Globalization;
using System.Text.RegularExpressions;
using DigiHub.Web.Components;
using QRCoder;

namespace DigiHub.Web.Tests.Components;

public sealed class QrCodeTests
{
    [Fact]
    public void Draws_every_dark_module_and_no_other()
    {
        const string code = "AZr0xk3Vd5qO1s9b8_0fGg-2uTtYyZzQ4mNnPpLl123";
        var (path, modules) = QrCode.Of(code);

        var drawn = new bool[modules, modules];
        foreach (Match run in Regex.Matches(path, @"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1H(?<back>\d+)z", RegexOptions.NonBacktracking))
        {
            var (x, y, length) = (Number(run, "x"), Number(run, "y"), Number(run, "length"));
            Assert.Equal(x, Number(run, "back"));
            for (var i = 0; i < length; i++)
                drawn[y, x + i] = true;
        }

        using var expected = QRCodeGenerator.GenerateQrCode(code, QRCodeGenerator.ECCLevel.Q);
        for (var y = 0; y < modules; y++)
            for (var x = 0; x < modules; x++)
                Assert.Equal(expected.ModuleMatrix[y][x], drawn[y, x]);
    }

    [Fact]
    public void Keeps_its_quiet_zone()
    {
        var (path, _) = QrCode.Of("ticket");

        var nearest = Regex.Matches(path, @"M(?<x>\d+) (?<y>\d+)h", RegexOptions.NonBacktracking)
            .Min(run => Math.Min(Number(run, "x"), Number(run, "y")));
        Assert.Equal(QrCode.QuietModules, nearest);
    }

    private static int Number(Match run, string group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
}
