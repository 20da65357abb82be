using System.Text;

namespace DigiHub.Tests.Text;

public sealed class CsvTextTests
{
    [Fact]
    public void Begins_with_a_byte_order_mark_and_parts_by_semicolons()
    {
        var file = CsvText.Write([["Nummer", "Name"], ["1", "Müller"]]);

        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal("Nummer;Name\r\n1;Müller\r\n", Encoding.UTF8.GetString(file[3..]));
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("Lovelace; Ada", "\"Lovelace; Ada\"")]
    [InlineData("Ada \"Countess\" Lovelace", "\"Ada \"\"Countess\"\" Lovelace\"")]
    [InlineData("Ada\nLovelace", "\"Ada\nLovelace\"")]
    [InlineData("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"")]
    [InlineData("+49 30 123", "\"'+49 30 123\"")]
    [InlineData("-1+1", "\"'-1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1+1", "\"'\t=1+1\"")]
    [InlineData("\r=1+1", "\"'\r=1+1\"")]
    [InlineData("\n=1+1", "\"'\n=1+1\"")]
    [InlineData("  =1+1", "\"'  =1+1\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("Ada = Bob", "Ada = Bob")]
    [InlineData("'Ada'", "\"'Ada'\"")]
    [InlineData("'=1+1", "\"''=1+1\"")]
    public void Writes_a_cell_that_is_text_and_never_a_formula(string? value, string written) =>
        Assert.Equal($"{written}\r\n", Encoding.UTF8.GetString(CsvText.Write([[value]])[3..]));

    [Fact]
    public void Comes_back_from_a_reader_of_csv_as_it_went_in()
    {
        string[][] rows = [["a;b", "c\"d", "e\r\nf"], ["", "ä", "0123"]];

        var read = Read(Encoding.UTF8.GetString(CsvText.Write(rows)[3..]));

        Assert.Equal(rows, read);
    }

    /// <summary>RFC 4180, with semicolons, written out as its grammar says.</summary>
    private static List<string[]> Read(string text)
    {
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var notification = text[i];
            if (quoted && notification == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[++i]);
            else if (notification == '"')
                quoted = !quoted;
            else if (!quoted && notification == ';')
                End();
            else if (!quoted && notification == '\r')
            {
                End();
                rows.Add([.. row]);
                row.Clear();
                i++;
            }
            else
                cell.Append(notification);
        }
        return rows;

        void End()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}
