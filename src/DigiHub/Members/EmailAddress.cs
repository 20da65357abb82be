using System.Net.Mail;

namespace DigiHub.Members;

/// <summary>What the house takes for an e-mail address: one that a letter can be sent to, without a name around it.</summary>
public static class EmailAddress
{
    /// <summary>The address trimmed, or null for what is none: it needs one @, a domain with a dot, and no space or control character.</summary>
    public static string? Typed(string? typed)
    {
        var address = typed?.Trim();
        if (string.IsNullOrEmpty(address) || address.Length > Member.EmailMax
            || address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || "<>()[]\\,;:\"".Contains(c, StringComparison.Ordinal)))
            return null;

        var at = address.IndexOf('@', StringComparison.Ordinal);
        var domain = address[(at + 1)..];
        var isDomain = domain.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(domain) == UriHostNameType.Dns;
        return at is > 0 and <= 64 && isDomain && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address ? address : null;
    }
}
