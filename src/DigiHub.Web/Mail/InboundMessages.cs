using System.Text.RegularExpressions;
using DigiHub.Mail;
using DigiHub.Notifications;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>
/// Understands a mail of the inbound mailbox: delivery status notifications (RFC 3464), feedback reports (RFC 5965), answers of calendar
/// programs (RFC 5546), mails that unsubscribe (RFC 2369), and bounces in a server's own words. The contents are untrusted:
/// only what names the id of an e-mail (in the address it came back to, in its envelope id, or in the Message-ID of the returned e-mail) or
/// bears a token means anything.
/// </summary>
public sealed partial class InboundMessages
{
    /// <summary>A mail of ours is below 100 kB; a bounce has it twice at most.</summary>
    public const int BytesMax = 1 << 20;

    private const int DepthMax = 16;
    private const int PartsMax = 200;
    private const int GroupsMax = 50;
    private const int WordsMax = 16_000;

    private static readonly ParserOptions options = new() { MaxMimeDepth = DepthMax, MaxAddressGroupDepth = 4 };

    /// <summary>Never throws for what may stand in a mail.</summary>
    /// <param name="source">At most <see cref="BytesMax"/>; the caller sees to it.</param>
    public InboundMessage Read(Stream source)
    {
        try
        {
            using var message = new MimeParser(options, source, MimeFormat.Entity).ParseMessage();
            return Understand(message);
        }
        // untrusted input: it must not keep the other mails from being read
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new InboundMessage.Unreadable(exception.GetType().Name);
        }
    }

    private static InboundMessage Understand(MimeMessage message)
    {
        var parts = Parts(message.Body).Take(PartsMax).ToList();
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback)
            return Complaint(message, feedback, parts);
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status)
            return Status(message, status, parts);
        if (AsksToStop().Match(Words(message.Subject)) is { Success: true } asked)
            return new InboundMessage.Unsubscribe(asked.Groups["token"].Value);
        if (parts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar")) is { } calendar)
            return CalendarReply.Read(calendar) ?? new InboundMessage.Other();
        return OwnWords(message, parts);
    }

    /// <summary>Of the mail itself; what it encloses is not looked into.</summary>
    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity)
    {
        if (entity is Multipart multipart)
        {
            foreach (var part in multipart.SelectMany(Parts))
                yield return part;
        }
        else if (entity is not null)
        {
            yield return entity;
        }
    }

    private static InboundMessage Status(MimeMessage message, MessageDeliveryStatus report, List<MimeEntity> parts)
    {
        var groups = report.StatusGroups.Take(GroupsMax).ToList();
        if (groups.Count == 0
            || EmailOf(groups[0]["Original-Envelope-Id"]) is not { } notificationId && !Returned(message, parts, out notificationId))
            return new InboundMessage.Other();

        // Each e-mail has one recipient. Several groups: it went to a list or was split; a failure outweighs a delay.
        var told = groups.Skip(1).Select(group => (Group: group, Action: group["Action"]?.Trim().ToLowerInvariant())).ToList();
        var worst = told.Find(one => one.Action == "failed") is { Group: not null } failed
            ? failed
            : told.Find(one => one.Action == "delayed");
        if (worst.Group is null)
            return new InboundMessage.Other(); // delivered, relayed or expanded: good news

        var diagnostic = Words(worst.Group["Diagnostic-Code"]);
        var hasFailed = worst.Action == "failed";
        var said = MailStatus.Find(worst.Group["Status"]);
        if (said.Class == 0)
            said = MailStatus.Find(diagnostic);
        if (said.Class is 0 or 2)
            said = new MailStatus(hasFailed ? 5 : 4);
        return new InboundMessage.Status(notificationId, said, diagnostic, hasFailed);
    }

    private static InboundMessage Complaint(MimeMessage message, MessageFeedbackReport report, List<MimeEntity> parts)
    {
        var isComplaint = report.Fields["Feedback-Type"]?.Trim().ToLowerInvariant() is "abuse" or "fraud" or "opt-out" or "other";
        if (!isComplaint)
            return new InboundMessage.Other();
        return (EmailOf(report.Fields["Original-Envelope-Id"]) ?? EmailOf(report.Fields["Original-Mail-From"])) is { } known
            || Returned(message, parts, out known)
            ? new InboundMessage.Complaint(known)
            : new InboundMessage.Other();
    }

    /// <summary>
    /// Servers without RFC 3464 say in English what went wrong. Readers' own automatic replies also come to the address of bounces, with an
    /// empty return path as often as not, and "until 5.1.27" is no status: so only a server's own address or the header that names a failed
    /// recipient makes a bounce. Anything else is for people.
    /// </summary>
    private static InboundMessage OwnWords(MimeMessage message, List<MimeEntity> parts)
    {
        var namesRecipient = message.Headers["X-Failed-Recipients"] is not null;
        var isAutoReply = message.Headers["Auto-Submitted"]?.Trim().StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            && !namesRecipient;
        var isOfDaemon = message.From.Mailboxes.Any(from => IsOf("mailer-daemon", from.Address));
        var isOfServer = isOfDaemon || namesRecipient || message.From.Mailboxes.Any(from => IsOf("postmaster", from.Address));
        if (!isOfServer || isAutoReply || !Returned(message, parts, out var notificationId))
            return new InboundMessage.Other();

        var words = Words(parts.OfType<TextPart>().FirstOrDefault()?.Text);
        var said = MailStatus.Find(words);
        if (said.Class == 0 && (isOfDaemon || namesRecipient))
            said = new MailStatus(5);
        return said.Class is 0 or 2
            ? new InboundMessage.Other()
            : new InboundMessage.Status(notificationId, said, words, HasFailed: said.Class == 5);
    }

    private static bool IsOf(string role, string address) =>
        address.StartsWith(role + "@", StringComparison.OrdinalIgnoreCase) || address.Equals(role, StringComparison.OrdinalIgnoreCase);

    private static string Words(string? text) => text is null ? "" : text.Length > WordsMax ? text[..WordsMax] : text;

    /// <summary>The e-mail that came back: by the address it came back to, else by the Message-ID of what is enclosed.</summary>
    private static bool Returned(MimeMessage message, List<MimeEntity> parts, out Guid notificationId)
    {
        var found = message.Headers.Where(header =>
            header.Field.ToLowerInvariant() is "delivered-to" or "x-original-to" or "envelope-to" or "to" or "x-envelope-to")
            .Select(header => EmailOf(header.Value)).FirstOrDefault(id => id is not null)
            ?? parts.OfType<MessagePart>().Select(part => EmailOf(part.Message?.Headers["Message-ID"])).FirstOrDefault(id => id is not null)
            ?? parts.OfType<TextRfc822Headers>().Select(part => EmailOf(part.Message?.Headers["Message-ID"]))
                .FirstOrDefault(id => id is not null)
            ?? parts.OfType<TextPart>().Select(part => EnclosedMessageId().Match(Words(part.Text)))
                .Where(match => match.Success).Select(match => EmailOf(match.Value)).FirstOrDefault(id => id is not null);
        notificationId = found ?? default;
        return found is not null;
    }

    /// <summary>The id in "bounce+(id)@host", "(id)@host" or "(id)": 32 hexadecimal digits that stand by themselves.</summary>
    private static Guid? EmailOf(string? text) =>
        text is not null && Id().Match(Words(text)) is { Success: true } match && Guid.TryParseExact(match.ValueSpan, "N", out var id)
            ? id
            : null;

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9a-fA-F]{32}(?![0-9A-Za-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Id();

    /// <summary>As EmailLinks.UnsubscribeByMail has it; in the subject, whose case no server changes.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z_-])unsubscribe[ +]+(?<token>[0-9A-Za-z_-]{43})(?![0-9A-Za-z_-])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex AsksToStop();

    [GeneratedRegex(@"^Message-I[Dd]:[ \t]*<[0-9a-fA-F]{32}@",
        RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex EnclosedMessageId();
}
