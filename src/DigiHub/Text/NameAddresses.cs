using System.Text;
using System.Text.RegularExpressions;

namespace DigiHub.Text;

/// <summary>
/// Finds web addresses in what is given as somebody's name. Names appear in e-mails to the address that was given beside them, so a name
/// with a link in it would have the hub carry a stranger's advertisement to a third person, and mail programs make a link of any host.
/// </summary>
public static partial class NameAddresses
{
    /// <summary>
    /// True for a scheme ("://", "https:"), "www." and a dotted host, also in full-width and ideographic dots and with invisible signs
    /// between. Initials ("J.R.R. Tolkien", "J.Tolkien") and degrees ("M.Sc.") are none.
    /// </summary>
    public static bool AreIn(string name)
    {
        var plain = Plain(name);
        return Scheme().IsMatch(plain) || Numbers().IsMatch(plain)
            || Host().Matches(plain)
                .Any(host => !IsInitial(host.Groups["before"].Value, host.Groups["after"].Value, host.Groups["path"].Success));
    }

    /// <summary>
    /// As a mail program reads it: compatibility forms and the dots of IDNA (RFC 3490 3.1) made one, what is invisible gone.
    /// </summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format)
                plain.Append(rune.Value is '\u3002' or '\uFF61' ? new Rune('.') : rune);
        }

        return Signs.Normal(plain.ToString(), NormalizationForm.FormKC);
    }

    private static bool IsInitial(string before, string after, bool hasPath) =>
        !hasPath && before.Length == 1 && char.IsUpper(before[0])
            && (Degree().IsMatch(after) || (after.Length > 3 && char.IsUpper(after[0]) && char.IsLower(after[1])));

    [GeneratedRegex(@"://|\bwww\s*\.|\b(?:https?|ftp|mailto|tel)\s*:",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\b\d{1,3}(?:\.\d{1,3}){3}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Numbers();

    // Two letters or more after the dot: no top-level domain is shorter.
    [GeneratedRegex(@"(?<before>[\p{L}\p{M}\p{N}_-]+)\.(?=(?<after>[\p{L}\p{M}][\p{L}\p{M}\p{N}-]+)(?<path>[/:?#]\S)?)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Host();

    [GeneratedRegex(@"^(?:Sc|Ed|Eng|Phil|Th|Mus|Arch|Pharm)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Degree();
}
