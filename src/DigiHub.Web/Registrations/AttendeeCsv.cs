using System.Buffers;
using System.Text;

namespace DigiHub.Web.Registrations;

/// <summary>
/// A table for spreadsheets: UTF-8 with a byte order mark and semicolons, which a German Excel opens with a double click; the rest as
/// RFC 4180. A cell can never become a formula.
/// </summary>
public static class AttendeeCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(";\"\r\n\t");

    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(';', row.Select(Cell)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>
    /// Spreadsheets compute what begins like a formula, even in quotes ("=HYPERLINK(…)" as the name of a guest). An apostrophe before it
    /// makes it text (OWASP, CSV injection); white space in front does not save a reader that trims.
    /// </summary>
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";

        if (value.AsSpan().TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || value[0] is '\t' or '\r' or '\n')
            value = "'" + value;
        return value.AsSpan().ContainsAny(Quoted) || value[0] == '\''
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
    }
}
