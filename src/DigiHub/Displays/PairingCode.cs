using System.Numerics;
using System.Text;
using DigiHub.Keys;

namespace DigiHub.Displays;

/// <summary>
/// What a screen shows and an administrator types: eight signs that nobody takes for others, and that spell no word. It is made of the
/// screen's secret, so that it is the same at each look and is stored nowhere.
/// </summary>
public static class PairingCode
{
    public const int Length = 8;

    /// <summary>No vowels, and none of 0, O, 1 and I: about 38 bits in eight of them.</summary>
    public const string Signs = "23456789BCDFGHJKLMNPQRSTVWXYZ";

    public static string Of(string secret)
    {
        var number = new BigInteger(RandomToken.Hash($"pairing code of {secret}"), isUnsigned: true);
        var code = new StringBuilder(Length);
        for (var index = 0; index < Length; index++)
        {
            code.Append(Signs[(int)(number % Signs.Length)]);
            number /= Signs.Length;
        }

        return code.ToString();
    }

    /// <summary>In two groups, as it is easier to read and to say: "BCDF 2345".</summary>
    public static string Shown(string code) => $"{code[..4]} {code[4..]}";

    /// <summary>Forgives small letters, spaces and hyphens; null for what no screen shows.</summary>
    public static string? Parse(string? typed)
    {
        if (typed is null || typed.Length > 40)
            return null;
        var code = string.Concat(typed.Where(sign => !char.IsWhiteSpace(sign) && sign is not '-')).ToUpperInvariant();
        return code.Length == Length && code.All(sign => Signs.Contains(sign, StringComparison.Ordinal)) ? code : null;
    }
}
