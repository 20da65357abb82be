using System.Globalization;
using System.Text.RegularExpressions;

namespace DigiHub.Mail;

/// <summary>The cause of a refusal.</summary>
public enum BounceCause
{
    /// <summary>It was not refused for good: delayed, delivered, or no status at all.</summary>
    Nobody,

    /// <summary>A policy against the hub, or a bad sender: says nothing about the address.</summary>
    Us,

    /// <summary>There is no such mailbox or host.</summary>
    NoSuchAddress,

    /// <summary>Refused for good for any other reason: full, too large, switched off.</summary>
    Address,
}

/// <summary>
/// What a server said of a delivery: the enhanced status of RFC 3463, "5.1.1", or, from servers that give none, the first digit of the
/// reply alone.
/// </summary>
/// <param name="Class">2 delivered, 4 later, 5 never; 0 for a text that says none of these.</param>
/// <param name="Subject">1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy; null where it was not said.</param>
public sealed partial record MailStatus(int Class, int? Subject = null, int? Detail = null)
{
    public static MailStatus None { get; } = new(0);

    public BounceCause BounceCause => (Class, Subject, Detail) switch
    {
        ( < 5, _, _) => BounceCause.Nobody,
        (_, 7, _) or (_, 1, 7 or 8) => BounceCause.Us, // X.1.7 and X.1.8 are about the sender's address
        (_, 1, _) => BounceCause.NoSuchAddress,
        _ => BounceCause.Address,
    };

    public bool IsDelayed => Class == 4;

    /// <summary>The first status in the text; of class 0 if there is none.</summary>
    public static MailStatus Find(string? text)
    {
        if (text is null)
            return None;
        if (Enhanced().Match(text) is { Success: true } found)
            return new(Digits(found.Groups["class"]), Digits(found.Groups["subject"]), Digits(found.Groups["detail"]));
        return Reply().Match(text) is { Success: true } reply ? new(Digits(reply.Groups["class"])) : None;
    }

    public override string ToString() => Subject is null
        ? Class.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static int Digits(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Three numbers and no fourth: an IPv4 address is no status.</summary>
    [GeneratedRegex(@"(?<![\d.])(?<class>[245])\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})(?![\d]|\.\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"^\s*(?<class>[245])\d\d(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Reply();
}
