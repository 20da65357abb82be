using System.IO.Compression;
using System.Xml.Linq;

namespace DigiHub.Tests.Text;

/// <summary>Rule 29 of running a hub: a workbook holds texts, whatever they begin with.</summary>
public sealed class XlsxTextTests
{
    private static readonly string?[] risky =
        ["=1+1", "$=1+1", "+3", "-3", "@SUM(1)", "\tx", "12", "2026-11-24 09:00", "ä€😀<&>\"", null, "  blank ", "'x", "_x0041_"];

    [Fact]
    public void Every_cell_is_a_text_and_stands_there_as_it_was()
    {
        var cells = Cells(XlsxText.Write([[.. risky.Select(_ => "Heading")], risky]))[risky.Length..];

        Assert.DoesNotContain(cells, cell => cell.Elements().Any(part => part.Name.LocalName == "f"));
        Assert.All(cells, cell => Assert.Equal("inlineStr", cell.Attribute("t")?.Value));
        Assert.Equal(risky.Where(one => one is not null),
            cells.Select(cell => cell.Value.Replace("_x005F_", "_", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_longer_than_a_cell_can_hold_is_cut() =>
        Assert.Equal(32_767, Cells(XlsxText.Write([[new string('x', 40_000)]])).Single().Value.Length);

    private static List<XElement> Cells(byte[] book)
    {
        using var archive = new ZipArchive(new MemoryStream(book));
        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        return [.. XDocument.Load(sheet).Descendants().Where(element => element.Name.LocalName == "c")];
    }
}
