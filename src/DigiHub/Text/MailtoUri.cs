using System.Text;

namespace DigiHub.Text;

/// <summary>The one place where an address becomes a URI (RFC 6068): in pages, headers and calendars alike.</summary>
public static class MailtoUri
{
    // Beside the unreserved characters, what RFC 6068 2 lets stand for itself (some-delims); "+" above
    // all, which programs compare as it is.
    private const string Plain = "-._~!$'*+";

    /// <param name="subject">Of the mail that is begun by it; null for none.</param>
    public static string Of(EmailAddress to, string? subject = null)
    {
        var at = to.Wire.LastIndexOf('@');
        var uri = new StringBuilder("mailto:").Append(Escaped(to.Wire[..at])).Append('@').Append(to.Wire.AsSpan(at + 1));
        if (subject is not null)
            uri.Append("?subject=").Append(Uri.EscapeDataString(subject));
        return uri.ToString();
    }

    /// <summary>The address of a mailto URI of somebody else's program; null for what is none.</summary>
    public static EmailAddress? Read(string uri)
    {
        const string scheme = "mailto:";
        if (!uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var end = uri.IndexOf('?', StringComparison.Ordinal);
        return EmailAddress.TryParse(Uri.UnescapeDataString(uri[scheme.Length..(end < 0 ? uri.Length : end)]), out var address)
            ? address
            : null;
    }

    private static string Escaped(string local)
    {
        var escaped = new StringBuilder(local.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(local))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || Plain.Contains((char)octet, StringComparison.Ordinal))
                escaped.Append((char)octet);
            else
                escaped.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
