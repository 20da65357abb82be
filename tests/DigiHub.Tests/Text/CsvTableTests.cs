using System.Globalization;
using System.Text;
using CsCheck;

namespace DigiHub.Tests.Text;

/// <summary>Rules 24, 25 and 29 of running a hub: what is read of a file, and what stands in one that is written.</summary>
public sealed class CsvTableTests
{
    private static readonly byte[] bom = [0xEF, 0xBB, 0xBF];

    [Theory]
    [InlineData("Name;Art\nSpree;Raum\n", ';')]
    [InlineData("Name,Art\r\nSpree,Raum\r\n", ',')]
    [InlineData("Name\tArt\rSpree\tRaum", '\t')]
    [InlineData("\"Name, lang\";Art\nSpree;Raum", ';')]
    public void Cells_are_separated_as_the_headings_are(string text, char separator)
    {
        foreach (var file in new[] { Encoding.UTF8.GetBytes(text), [.. bom, .. Encoding.UTF8.GetBytes(text)] })
        {
            var table = CsvTable.Read(file).Value;

            Assert.Equal((separator, 2, false), (table.Separator, table.Headings.Count, table.IsWindows1252));
            Assert.Equal(["Spree", "Raum"], Assert.Single(table.Rows).Cells);
        }
    }

    [Fact]
    public void Rows_are_counted_as_a_spreadsheet_counts_them()
    {
        var table = Read("Name;Notiz\nSpree;\"zwei\nZeilen\"\n\n;\nPanke\nHavel;x;;\n");

        Assert.Equal([2, 5, 6], table.Rows.Select(row => row.Number));
        Assert.Equal(["Spree", "zwei\nZeilen"], table.Rows[0].Cells);
        Assert.Equal(["Panke", ""], table.Rows[1].Cells);
        Assert.Equal(["Havel", "x"], table.Rows[2].Cells);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_shown_as_windows_1252()
    {
        var table = CsvTable.Read(Encoding.Latin1.GetBytes("Name;Plätze\nGröße;8\n")).Value;

        Assert.True(table.IsWindows1252);
        Assert.Equal("Plätze", table.Headings[1]);
        Assert.Equal("Größe", table.Rows[0].Cells[0]);
    }

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData(" \n;\n", "file_empty")]
    [InlineData("Name;Art\n", "file_empty")]
    [InlineData("PK\u0003\u0004xyz", "file_not_csv")]
    [InlineData("%PDF-1.7", "file_not_csv")]
    [InlineData("Name\nSp\0ree\n", "file_not_csv")]
    [InlineData("Name;name\na;b\n", "heading_twice")]
    [InlineData("Name;;Art\na;b;c\n", "heading_missing")]
    [InlineData("Name\na;b\n", "row_too_long")]
    [InlineData("Name\n\"a\"b\n", "csv_broken")]
    [InlineData("Name\n\"a\n", "csv_broken")]
    [InlineData("Name\na\u0007\n", "control_signs")]
    public void What_is_wrong_with_a_file_is_named(string text, string code) =>
        Assert.Equal(code, CsvTable.Read(Encoding.UTF8.GetBytes(text)).Refusal?.Code);

    [Fact]
    public void Bounds_hold_at_their_edges()
    {
        Assert.Equal(CsvTable.CellMax, Read("a\n" + new string('x', CsvTable.CellMax)).Rows[0].Cells[0].Length);
        Assert.Equal("cell_too_long", Refused("a\n" + new string('x', CsvTable.CellMax + 1)));
        Assert.Equal("cell_too_long", Refused("a\n" + new string('x', 1_000_000)));
        Assert.Equal(CsvTable.ColumnsMax, Read(Columns(CsvTable.ColumnsMax)).Headings.Count);
        Assert.Equal("file_too_many_columns", Refused(Columns(CsvTable.ColumnsMax + 1)));
        Assert.Equal(CsvTable.RowsMax, Read("a\n" + string.Concat(Enumerable.Repeat("1\n", CsvTable.RowsMax))).Rows.Count);
        Assert.Equal("file_too_many_rows", Refused("a\n" + string.Concat(Enumerable.Repeat("1\n", CsvTable.RowsMax + 1))));
        Assert.Equal("file_too_large", CsvTable.Read(new byte[CsvTable.BytesMax + 1]).Refusal?.Code);

        static string Columns(int count) =>
            string.Join(';', Enumerable.Range(0, count).Select(i => $"a{i}")) + '\n' + string.Join(';', Enumerable.Repeat("1", count));
    }

    /// <summary>The widest row that is allowed, each sign of it a quotation mark.</summary>
    [Fact]
    public void A_row_of_the_longest_cells_is_read()
    {
        var head = Enumerable.Range(0, CsvTable.ColumnsMax).Select(i => $"a{i}").ToArray();
        var row = head.Select(_ => new string('"', CsvTable.CellMax)).ToArray();

        Assert.Equal(row, CsvTable.Read(CsvText.Write([head, row])).Value.Rows[0].Cells);
    }

    [Fact]
    public void What_is_written_is_read_as_it_was() =>
        Gen.OneOf(Gen.String[Gen.Char["ab =+-@'\";,\t\r\nä"], 0, 12], Gen.String[Gen.Char['!', '\u017f'], 0, 12])
            .Where(text => !text.Any(sign => char.IsControl(sign) && sign is not ('\t' or '\r' or '\n'))).Array[3].Array[1, 6]
            .Sample(rows =>
            {
                string[][] whole = [["a", "b", "c"], .. rows.Select((row, i) => (string[])[$"row {i}", .. row.Skip(1)])];

                var read = CsvTable.Read(CsvText.Write(whole)).Value;

                return read.Rows.Select(row => row.Cells.Select(CsvText.Meant)).SelectMany(cells => cells)
                    .SequenceEqual(whole.Skip(1).SelectMany(cells => cells));
            }, iter: 2_000);

    /// <summary>Proof of rule 25: whatever arrives is read or refused, at once.</summary>
    [Fact]
    public void No_file_breaks_the_reader()
    {
        var seed = CsvText.Write([["Name", "Art", "Plätze"], ["Spree", "Raum", "8"], ["=1+1", "a\nb", "\"q\""]]);
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 8].Sample(changes =>
        {
            var bytes = seed.ToList();
            foreach (var (at, value, how) in changes)
            {
                var place = Math.Min(at, bytes.Count - 1);
                if (place < 0)
                    break;
                if (how == 0)
                    bytes.RemoveAt(place);
                else if (how == 1)
                    bytes.Insert(place, value);
                else if (how == 2)
                    bytes[place] = value;
                else
                    bytes.AddRange(bytes[place..]);
            }

            var outcome = CsvTable.Read([.. bytes]);
            return !outcome.IsDone || outcome.Value.Rows.All(row => row.Cells.Count == outcome.Value.Headings.Count);
        }, iter: Count("DIGIHUB_TEST_FUZZ_CSV", 20_000));
    }

    private static int Count(string variable, int usually) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : usually;

    private static CsvTable Read(string text) => CsvTable.Read(Encoding.UTF8.GetBytes(text)).Value;

    private static string? Refused(string text) => CsvTable.Read(Encoding.UTF8.GetBytes(text)).Refusal?.Code;
}
