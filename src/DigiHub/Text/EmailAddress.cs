using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace DigiHub.Text;

/// <summary>
/// An e-mail address that mail can be sent to, without a name around it (RFC 5321 4.1.2, RFC 5891, RFC 6531). It has three forms:
/// <see cref="Shown"/> for people, <see cref="Wire"/> for mail servers and <see cref="Key"/>, in which all spellings of one mailbox are
/// equal. Equality of values is that of what is shown; whether two are one mailbox is told by the key.
/// </summary>
/// <remarks>
/// Narrower than the standard where nobody would be helped: no quoted local parts, no address literals, no invisible characters, and
/// no characters in the local part that Unicode has only for compatibility (full-width letters), because they look like others.
/// </remarks>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    /// <summary>Octets on the wire (RFC 5321 4.5.3.1.3, less the angle brackets), and UTF-16 units of what is typed.</summary>
    public const int LengthMax = 254;

    /// <summary>Octets before the @ (RFC 5321 4.5.3.1.1).</summary>
    public const int LocalMax = 64;

    private const string AsciiSigns = "!#$%&'*+-/=?^_`{|}~.";

    // Std3: letters, digits and hyphens alone, as hosts are made of (RFC 5321 4.1.2, RFC 5891 4.2.3.1).
    private static readonly IdnMapping Hosts = new() { UseStd3AsciiRules = true };

    private EmailAddress(string local, string domain)
    {
        Wire = $"{local}@{domain}";
        Shown = $"{local}@{Hosts.GetUnicode(domain)}";
        Key = Wire.ToUpperInvariant();
    }

    private EmailAddress(string shown, string wire, string key) => (Shown, Wire, Key) = (shown, wire, key);

    /// <summary>As its owner spells it before the @; the domain in small letters and in its own script.</summary>
    public string Shown { get; }

    /// <summary>With the domain in ASCII (A-labels, RFC 5890), which every relay understands.</summary>
    public string Wire { get; }

    /// <summary>The one form in which addresses are compared, looked up, counted and kept unique.</summary>
    public string Key { get; }

    /// <summary>Lower case, ASCII.</summary>
    public string Domain => Wire[(Wire.LastIndexOf('@') + 1)..];

    /// <summary>Only a relay with SMTPUTF8 (RFC 6531) can send there: the part before the @ is not ASCII.</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(Wire);

    /// <summary>
    /// What somebody typed, without what shows nothing around it. Refuses with email_missing, email_invisible and email_invalid, all of the
    /// field "email".
    /// </summary>
    public static Outcome<EmailAddress> Parse(string? typed)
    {
        if (typed is null || Signs.Trim(typed) is not { Length: > 0 } text)
            return Missing;
        if (text.EnumerateRunes().Any(Signs.IsInvisible))
            return Signs.IsWhole(text) ? Invisible : Invalid;
        return Read(text, labelsMin: 2) is { } address ? address : Invalid;
    }

    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        var outcome = Parse(typed);
        address = outcome.IsDone ? outcome.Value : null;
        return outcome.IsDone;
    }

    /// <summary>
    /// The same for a mailbox of the hub's own, which may be at a host without a dot ("hub@localhost"); null for what is none.
    /// </summary>
    public static EmailAddress? OfTheHub(string? typed) => typed is null ? null : Read(Signs.Trim(typed), labelsMin: 1);

    /// <summary>One that is known to be good: the constants of code.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static EmailAddress Of(string text) =>
        TryParse(text, out var address) ? address : throw new ArgumentException($"'{text}' is no e-mail address.", nameof(text));

    /// <summary>
    /// What somebody typed of an address to look for it, in the form of <see cref="Key"/>: a whole label of a domain in its own script
    /// counts like its ASCII form. Never longer than <see cref="LengthMax"/>.
    /// </summary>
    public static string KeyOfPart(string part)
    {
        if (TryParse(part, out var whole))
            return whole.Key;
        var text = Signs.Composed(Signs.Trim(part)) ?? "";
        var at = text.LastIndexOf('@');
        var domain = at < 0 ? "" : string.Join('.', text[(at + 1)..].Split('.').Select(label => HostOf(label) ?? label));
        var key = (at < 0 ? text : text[..(at + 1)] + domain).ToUpperInvariant();
        return key.Length > LengthMax ? key[..LengthMax] : key;
    }

    /// <summary>From our own tables, where only such values are written: read without judging again.</summary>
    internal static EmailAddress Kept(string shown)
    {
        if (Ascii.IsValid(shown))
            return new(shown, shown, shown.ToUpperInvariant());
        var at = shown.LastIndexOf('@');
        var wire = $"{shown[..at]}@{HostOf(shown[(at + 1)..]) ?? shown[(at + 1)..]}";
        return new(shown, wire, wire.ToUpperInvariant());
    }

    /// <summary>From a key of our own tables, where the spelling is lost: in small letters, the domain in its own script.</summary>
    internal static EmailAddress OfKey(string key)
    {
        var at = key.LastIndexOf('@');
        return new(key[..at].ToLowerInvariant(), key[(at + 1)..].ToLowerInvariant());
    }

    /// <summary>What is shown: an address may go wherever a text may, never the other way round.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static implicit operator string?(EmailAddress? address) => address?.Shown;

    public static bool operator ==(EmailAddress? one, EmailAddress? other) => Equals(one, other);

    public static bool operator !=(EmailAddress? one, EmailAddress? other) => !Equals(one, other);

    public bool Equals(EmailAddress? other) => other is not null && string.Equals(Shown, other.Shown, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Shown);

    public override string ToString() => Shown;

    private static EmailAddress? Read(string text, int labelsMin)
    {
        if (text.Length > LengthMax || Signs.Composed(text) is not { } composed)
            return null;
        var at = composed.LastIndexOf('@');
        if (at < 1 || !IsLocal(composed[..at]) || HostOf(composed[(at + 1)..]) is not { } domain)
            return null;
        var labels = domain.Split('.');
        // A last label of digits alone belongs to an IP address, and no top-level domain is one (RFC 3696 2).
        if (labels.Length < labelsMin || (labelsMin > 1 && (labels[^1].All(char.IsAsciiDigit) || labels[^1].Length < 2)))
            return null;
        var address = new EmailAddress(composed[..at], domain);
        return Encoding.UTF8.GetByteCount(address.Wire) <= LengthMax && address.Shown.Length <= LengthMax ? address : null;
    }

    /// <summary>Dot-atom of RFC 5322 3.2.3, with what RFC 6531 3.3 adds to it.</summary>
    private static bool IsLocal(string local) =>
        Encoding.UTF8.GetByteCount(local) <= LocalMax && local[0] != '.'
            && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.EnumerateRunes().All(IsOfLocal)
        && string.Equals(local, Signs.Normal(local, NormalizationForm.FormKC), StringComparison.Ordinal);

    private static bool IsOfLocal(Rune sign) => sign.IsAscii
        ? char.IsAsciiLetterOrDigit((char)sign.Value) || AsciiSigns.Contains((char)sign.Value, StringComparison.Ordinal)
        : !Signs.IsInvisible(sign) && !Signs.IsSpace(sign)
            && Rune.GetUnicodeCategory(sign) is not (UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    /// <summary>A host in lower-case ASCII, each label of 1 to 63 octets and a valid name (RFC 5891); null for what is none.</summary>
    private static string? HostOf(string host)
    {
        try
        {
            // To Unicode and back: what calls itself an A-label ("xn--") must be one.
            var ascii = Hosts.GetAscii(host.ToLowerInvariant()).ToLowerInvariant();
            var unicode = Hosts.GetUnicode(ascii);
            if (ascii.Length > 253 || unicode.Split('.').Any(label => label.StartsWith("xn--", StringComparison.Ordinal))
                || !string.Equals(Hosts.GetAscii(unicode), ascii, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            return Uri.CheckHostName(ascii) is UriHostNameType.Dns or UriHostNameType.IPv4 && ascii[^1] != '.' ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static Refusal Missing { get; } = new("email_missing", new(
        "Enter an e-mail address, such as name@example.org.", "Geben Sie eine E-Mail-Adresse ein, etwa name@example.org.",
        "Gib eine E-Mail-Adresse ein, etwa name@example.org."))
    { Field = "email" };

    private static Refusal Invisible { get; } = new("email_invisible", new(
        "This e-mail address contains an invisible character. Type it by hand instead of copying it.",
        "In dieser E-Mail-Adresse steckt ein unsichtbares Zeichen. Tippen Sie sie ein, statt sie zu kopieren.",
        "In dieser E-Mail-Adresse steckt ein unsichtbares Zeichen. Tipp sie ein, statt sie zu kopieren."))
    { Field = "email" };

    private static Refusal Invalid { get; } = new("email_invalid", new(
        "We can’t send e-mails to this address. It should look like name@example.org.",
        "An diese E-Mail-Adresse können wir nicht schreiben. Richtig wäre etwas wie name@example.org."))
    { Field = "email" };
}
