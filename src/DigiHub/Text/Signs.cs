using System.Globalization;
using System.Text;

namespace DigiHub.Text;

/// <summary>What the eye sees of a text: which characters show nothing, and what stands between those that do.</summary>
public static class Signs
{
    /// <summary>
    /// Shows nothing and is no space either: control and format characters (Cc, Cf), line and paragraph separators (Zl, Zp), and the
    /// default-ignorable code points of the Unicode Character Database (DerivedCoreProperties.txt), which are of other categories.
    /// </summary>
    public static bool IsInvisible(Rune sign) => Rune.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate || IsIgnorable(sign.Value);

    /// <summary>A space of any width; the empty Braille cell, which is a symbol by its category, looks like one.</summary>
    public static bool IsSpace(Rune sign) => Rune.IsWhiteSpace(sign) || sign.Value == 0x2800;

    /// <summary>Without what shows nothing at either end, spaces among it; the same text where there is none.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text, start, out var width))
            start += width;
        while (end > start && IsBlank(text, LastAt(text, start, end), out var width))
            end -= width;
        return text[start..end];
    }

    /// <summary>
    /// In that normal form; what .NET's own throws over (half a surrogate pair, U+FFFE, U+FFFF) is U+FFFD, which stands for "no character".
    /// The only way to normalise: string.Normalize is banned.
    /// </summary>
    public static string Normal(string text, NormalizationForm form)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // of half a pair this makes U+FFFD
            whole.Append(rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
#pragma warning disable RS0030 // after that it throws over nothing
        return whole.ToString().Normalize(form);
#pragma warning restore RS0030
    }

    /// <summary>
    /// In the composed form (NFC); null for a text that is none: with half a surrogate pair, or with U+FFFE or U+FFFF, over which .NET
    /// throws, too.
    /// </summary>
    public static string? Composed(string text) =>
        IsWhole(text) && !text.AsSpan().ContainsAny('\uFFFE', '\uFFFF') ? Normal(text, NormalizationForm.FormC) : null;

    /// <summary>No half of a surrogate pair stands alone: UTF-8 cannot carry one, and .NET throws over it.</summary>
    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }

    private static bool IsBlank(string text, int at, out int width)
    {
        if (!Rune.TryGetRuneAt(text, at, out var sign))
        {
            width = 1;
            return false;
        }

        width = sign.Utf16SequenceLength;
        return IsSpace(sign) || IsInvisible(sign);
    }

    private static int LastAt(string text, int start, int end) =>
        end - start > 1 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? end - 2 : end - 1;

    private static bool IsIgnorable(int sign) => sign is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
        or (>= 0x180B and <= 0x180F) or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0xE0000 and <= 0xE0FFF);
}
