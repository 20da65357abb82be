using System.Globalization;
using System.Text;

namespace DigiHub.Text;

/// <summary>
/// The one form in which words are looked for, the same on every engine because no database takes part in it: what differs only in case,
/// accents, ß and ss, ı and i, kind of apostrophe or hyphen, width, runs of space or invisible characters is equal.
/// </summary>
public static class SearchText
{
    /// <summary>Of so many UTF-16 units of what was typed; what is longer is cut.</summary>
    public const int TypedMax = 200;

    /// <summary>
    /// Stored beside what it is made of, or compared in memory. Never longer than 18 times the text (one sign of Arabic becomes 18).
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var sign in Signs.Normal(text.Replace('´', '\''), NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Signs.IsSpace(sign))
                Part(folded);
            else if (Rune.GetUnicodeCategory(sign) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                && !Signs.IsInvisible(sign))
                Append(folded, Rune.ToLowerInvariant(sign));
        }

        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>What somebody looks for; null for what looks for nothing.</summary>
    public static string? Typed(string? typed)
    {
        if (typed is null)
            return null;
        var folded = Fold(typed.Length > TypedMax ? typed[..TypedMax] : typed);
        return folded.Length == 0 ? null : folded;
    }

    /// <param name="folded">As <see cref="Typed"/> has it.</param>
    public static bool IsIn(string? text, string folded) => text is not null && Fold(text).Contains(folded, StringComparison.Ordinal);

    /// <summary>How many signs have to be changed, added or taken away to make one of the other.</summary>
    public static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = one[i - 1] == other[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[^1];
    }

    private static void Part(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
            folded.Append(' ');
    }

    // Letters that Unicode does not take apart, though people who cannot type them write what stands here.
    private static void Append(StringBuilder folded, Rune sign) => _ = sign.Value switch
    {
        'ß' or 'ẞ' => folded.Append("ss"),
        'ı' => folded.Append('i'),
        'ſ' => folded.Append('s'),
        'ς' => folded.Append('σ'),
        'ø' => folded.Append('o'),
        'ł' => folded.Append('l'),
        'đ' or 'ð' => folded.Append('d'),
        'ħ' => folded.Append('h'),
        'ŧ' => folded.Append('t'),
        'æ' => folded.Append("ae"),
        'œ' => folded.Append("oe"),
        'þ' => folded.Append("th"),
        '’' or '‘' or '‛' or 'ʼ' or 'ʻ' or 'ʹ' or '′' or '`' => folded.Append('\''),
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => folded.Append('-'),
        '“' or '”' or '„' or '«' or '»' => folded.Append('"'),
        _ => folded.Append(sign.ToString()),
    };
}
