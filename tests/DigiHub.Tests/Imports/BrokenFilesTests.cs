using System.Diagnostics;
using System.Text;
using DigiHub.FloorPlans;
using DigiHub.Imports;
using DigiHub.Text;
using SkiaSharp;

namespace DigiHub.Tests.Imports;

/// <summary>
/// Proof of hub.md section 8: a million changed files of each kind that people send (CSV, SVG, PNG, ICS) bring nothing down, and none is
/// read for more than two seconds. The million is for the run of the night.
/// </summary>
public sealed class BrokenFilesTests(SqliteDatabase database) : HubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(2);

    private const string Table = "Name;Kind;Seats\n\"Spree; or so\";Room;8\n\"Two\nlines \"\"quoted\"\"\";Desk;1\nÄpfel;Raum;4\n";

    private const string Drawing = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' onclick='x'>"
        + "<g><path d='M0 0L9 9'/><text>x<tspan>y</tspan></text><script>z</script></g><!-- c --><use href='#a'/></svg>";

    private const string Entry = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:series@x\r\n"
        + "DTSTAMP:20261101T080000Z\r\nDTSTART;TZID=Europe/Berlin:20261124T090000\r\nDTEND;TZID=Europe/Berlin:20261124T100000\r\n"
        + "RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270301T080000Z\r\nEXDATE;TZID=Europe/Berlin:20261208T090000\r\n"
        + "ORGANIZER;CN=Ada:mailto:ada@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Theory]
    [InlineData("csv", 1_000)]
    [InlineData("svg", 1_000)]
    [InlineData("png", 300)]
    [InlineData("ics", 100)]
    public Task A_changed_file_brings_nothing_down(string kind, int count) => Run(kind, count);

    [Theory(Explicit = true)]
    [InlineData("csv", 450_000)]
    [InlineData("svg", 400_000)]
    [InlineData("png", 100_000)]
    [InlineData("ics", 50_000)]
    public Task A_million_changed_files_bring_nothing_down(string kind, int count) => Run(kind, count);

    private async Task Run(string kind, int count)
    {
        var dice = new Random(20261130);
        var (good, slowest) = (Good(kind), TimeSpan.Zero);
        var taken = 0;
        Assert.True(await Take(kind, good)); // and what is made at the first use is there
        for (var i = 0; i < count; i++)
        {
            var file = Changed(good, dice);
            var begun = Stopwatch.GetTimestamp();
            taken += await Take(kind, file) ? 1 : 0;
            var took = Stopwatch.GetElapsedTime(begun);
            slowest = took > slowest ? took : slowest;
            Assert.True(took < longest, $"{kind} {i} took {took}: {Convert.ToBase64String(file)}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {count} files, {taken} taken, slowest {slowest.TotalMilliseconds:0} ms");
        Assert.True(taken > 0 && taken < count, $"{taken} of {count} {kind} files were taken: that tries nothing.");
    }

    private async Task<bool> Take(string kind, byte[] file) => kind switch
    {
        "csv" => CsvTable.Read(file).IsDone,
        "svg" => CleanSvg.Read(file).IsDone,
        "png" => (await CleanPicture.Read(file, Stop)).IsDone,
        _ => (await TestHub.Get<ReadImport>().Run(
            new(Cast.Alan.Id, ImportKind.Bookings, Cast.East.Id, "Spree.ics", file, Format: ImportFormat.Ics), Stop)).IsDone,
    };

    private static byte[] Good(string kind) => kind switch
    {
        "csv" => Encoding.UTF8.GetBytes(Table),
        "svg" => Encoding.UTF8.GetBytes(Drawing),
        "png" => Picture(),
        _ => Encoding.UTF8.GetBytes(Entry),
    };

    /// <summary>Bytes are written over, put in, taken out, said twice, or the end is cut off.</summary>
    private static byte[] Changed(byte[] good, Random dice)
    {
        var bytes = good.ToList();
        for (var change = dice.Next(1, 6); change > 0 && bytes.Count > 2; change--)
        {
            var at = dice.Next(bytes.Count);
            switch (dice.Next(6))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, (byte)dice.Next(256)); break;
                case 2: bytes[at] = good[dice.Next(good.Length)]; break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, dice.Next(1, Math.Min(40, bytes.Count - at) + 1))); break;
                case 4 when dice.Next(8) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes[at] = (byte)dice.Next(256); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Picture()
    {
        using var surface = SKSurface.Create(new SKImageInfo(24, 16));
        surface.Canvas.Clear(SKColors.Teal);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
