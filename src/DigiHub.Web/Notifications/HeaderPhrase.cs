using System.Globalization;
using System.Text;
using DigiHub.Time;
using MimeKit;

namespace DigiHub.Web.Notifications;

/// <summary>
/// Names in header fields. MimeKit encodes a name word by word and leaves alone what looks encoded already; a phrase is either quoted or
/// encoded as a whole here (RFC 2047 5 (3)), so that every program shows the name that was meant.
/// </summary>
internal static class HeaderPhrase
{
    /// <summary>Of one encoded word. RFC 2047 2 allows 75 in a line of 76; this leaves room for the name of the field.</summary>
    private const int EncodedMax = 60;

    private const string Prefix = "=?utf-8?q?";
    private const string Suffix = "?=";
    private const string Fold = "\r\n ";

    /// <summary>As it stands in a field before an address or a list's id; empty for an empty name. Folded where it is long.</summary>
    /// <param name="text">One line.</param>
    public static string Of(string text) => text switch
    {
        _ when !IsPlain(text) => Encoded(text),
        _ when text.All(sign => IsAtom(sign) || sign == ' ') => text,
        _ => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
    };

    /// <summary>Writes the fields that name people again, from the addresses they hold. To be called when all of these are in.</summary>
    public static void WriteNames(MimeMessage message)
    {
        foreach (var (field,
            addresses) in new[] { (HeaderId.From, message.From), (HeaderId.ReplyTo, message.ReplyTo), (HeaderId.To, message.To) })
        {
            if (addresses.Count > 0)
                message.Headers.SetAsWritten(field, string.Join("," + Fold, addresses.Mailboxes.Select(Mailbox)));
        }

        if (message.Subject is { } subject && subject.Contains("=?", StringComparison.Ordinal))
            message.Headers.SetAsWritten(HeaderId.Subject, Encoded(subject));
    }

    /// <summary>Sets a field to a value that is encoded and folded already.</summary>
    public static void SetAsWritten(this HeaderList headers, HeaderId field, string value)
    {
        var header = new Header(field, "");
        header.SetRawValue(Encoding.UTF8.GetBytes($" {value}\r\n"));
        headers.Replace(header);
    }

    private static string Mailbox(MailboxAddress mailbox)
    {
        // A domain has a form in ASCII; a local part with umlauts has none, and goes over relays that know SMTPUTF8 only.
        var address = mailbox.LocalPart.All(char.IsAscii) ? mailbox.GetAddress(idnEncode: true) : mailbox.Address;
        if (string.IsNullOrEmpty(mailbox.Name))
            return address;
        var phrase = Of(mailbox.Name);
        return phrase.Length + address.Length > EncodedMax ? $"{phrase}{Fold}<{address}>" : $"{phrase} <{address}>";
    }

    private static bool IsPlain(string text) =>
        text.Length <= EncodedMax && text.All(sign => sign is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    private static bool IsAtom(char sign) =>
        char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-/=?^_`{|}~".Contains(sign, StringComparison.Ordinal);

    private static string Encoded(string text)
    {
        var words = new StringBuilder(Prefix);
        var length = Prefix.Length + Suffix.Length;
        foreach (var sign in text.EnumerateRunes()) // a word ends between characters, for each is decoded by itself
        {
            var encoded = Encoded(sign);
            if (length + encoded.Length > EncodedMax)
            {
                words.Append(Suffix).Append(Fold).Append(Prefix); // the space between two encoded words is none of the text
                length = Prefix.Length + Suffix.Length;
            }

            words.Append(encoded);
            length += encoded.Length;
        }

        return words.Append(Suffix).ToString();
    }

    /// <summary>In the alphabet that RFC 2047 5 (3) leaves to phrases.</summary>
    private static string Encoded(Rune sign)
    {
        if (sign.IsAscii && (char.IsAsciiLetterOrDigit((char)sign.Value) || (char)sign.Value is '!' or '*' or '+' or '-' or '/'))
            return sign.ToString();
        if (sign.Value == ' ')
            return "_";
        Span<byte> octets = stackalloc byte[4];
        var encoded = new StringBuilder();
        foreach (var octet in octets[..sign.EncodeToUtf8(octets)])
            encoded.Append(CultureInfo.InvariantCulture, $"={octet:X2}");
        return encoded.ToString();
    }
}
