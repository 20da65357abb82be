using System.Globalization;
using System.Text;

namespace DigiHub.Text;

/// <summary>The name of a thing in addresses, made of what people call it: small letters, digits and hyphens.</summary>
internal static class UrlName
{
    /// <summary>"Größe zählt!" becomes "groesse-zaehlt".</summary>
    /// <param name="max">Characters at most.</param>
    /// <param name="ifNothing">For a name without any Latin letter or digit.</param>
    public static string Of(string name, int max, string ifNothing)
    {
        var spelled = name.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal);
        var written = new StringBuilder(spelled.Length);
        // Drops other accents: decomposed, "é" is an "e" and a mark.
        foreach (var c in Signs.Normal(spelled, NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                written.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && written.Length > 0 && written[^1] != '-')
                written.Append('-');
        }

        var cut = written.ToString(0, Math.Min(written.Length, max)).Trim('-');
        return cut.Length == 0 ? ifNothing : cut;
    }
}
