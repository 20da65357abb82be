using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace DigiHub.Text;

/// <summary>Writes tables as workbooks. Every cell is a text, so none is ever computed, and no number or date is guessed from it.</summary>
public static class XlsxText
{
    /// <summary>As many characters as a cell can hold.</summary>
    private const int CellMax = 32_767;

    private static readonly OpenXmlConfiguration plain = new() { AutoFilter = false, TableStyles = TableStyles.None };

    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var book = new MemoryStream();
        book.SaveAs(
            rows.Select(row => row.Select((cell, column) => (Column: column, Cell: cell))
                .ToDictionary(one => $"{one.Column}", one => (object?)Cell(one.Cell), StringComparer.Ordinal)),
            printHeader: false, configuration: plain);
        return book.ToArray();
    }

    private static string? Cell(string? value) => value?.Length > CellMax ? value[..CellMax] : value;
}
