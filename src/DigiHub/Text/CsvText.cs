using System.Buffers;
using System.Text;

namespace DigiHub.Text;

/// <summary>
/// Writes tables for spreadsheets: UTF-8 with a byte order mark and semicolons, which a German Excel opens with a double click; the rest as
/// RFC 4180. A cell can never become a formula. <see cref="CsvTable"/> reads them back as they were.
/// </summary>
public static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(";\"\r\n\t");

    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(';', row.Select(Cell)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>What was meant by a cell that was read: without the apostrophe that kept it from being a formula.</summary>
    public static string Meant(string cell) => cell is ['\'', ..] && WouldCompute(cell) ? cell[1..] : cell;

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";

        if (WouldCompute(value))
            value = "'" + value;
        return value.AsSpan().ContainsAny(Quoted) || value[0] == '\''
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
    }

    /// <summary>
    /// Spreadsheets compute what begins like a formula, even in quotes ("=HYPERLINK(…)" as the name of a guest). An apostrophe before it
    /// makes it text (OWASP, CSV injection); white space in front does not save a reader that trims. What has such an apostrophe already
    /// gets another one, so that reading can take exactly one away.
    /// </summary>
    private static bool WouldCompute(string value)
    {
        var bare = value.AsSpan().TrimStart('\'');
        return bare is ['\t' or '\r' or '\n', ..] || bare.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
    }
}
