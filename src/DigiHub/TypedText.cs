using System.Text;

namespace DigiHub;

/// <summary>
/// Cleans typed text for storage: without line breaks that end a header, characters a database refuses, or invisible ones.
/// </summary>
public static class TypedText
{
    /// <summary>One line: runs of white space are one space, control characters are gone. Null if nothing is left.</summary>
    public static string? Line(string? typed)
    {
        if (typed is null)
            return null;
        var words = Clean(typed, keepsLines: false).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    /// <summary>The same of at most so many characters; what is beyond is cut, never in the middle of a character.</summary>
    public static string? Line(string? text, int max) =>
        Line(text) is { } line && line.Length > max ? line[..(char.IsHighSurrogate(line[max - 1]) ? max - 1 : max)] : Line(text);

    /// <summary>Several lines, ended by LF; control characters but line ends and tabs are gone. Null if nothing is left.</summary>
    public static string? Lines(string? typed)
    {
        if (typed is null)
            return null;
        var kept = Clean(typed.ReplaceLineEndings("\n"), keepsLines: true).Trim();
        return kept.Length == 0 ? null : kept;
    }

    private static string Clean(string typed, bool keepsLines)
    {
        var kept = new StringBuilder(typed.Length);
        // A lone half of a surrogate pair, which UTF-8 cannot carry, comes out of EnumerateRunes as U+FFFD.
        foreach (var rune in typed.EnumerateRunes())
        {
            if (!Rune.IsControl(rune))
                kept.Append(rune);
            else if (rune.Value is '\n' or '\t')
                kept.Append(keepsLines ? (char)rune.Value : ' ');
            else if (rune.Value == '\r')
                kept.Append(' ');
        }

        return kept.ToString();
    }
}
