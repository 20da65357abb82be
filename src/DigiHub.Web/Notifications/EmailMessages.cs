using System.Data.Common;
using System.Globalization;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Web.Mail;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace DigiHub.Web.Notifications;

/// <summary>Makes a mail of an e-mail's row: loads its facts, renders both forms, puts the parts and headers together.</summary>
public sealed class EmailMessages(
    HubDbFactory databases, IEnumerable<IEmailAuthor> authors, EmailRenderer renderer,
    EmailLinks links, HubIdentity identity, IOptions<HubSettings> settings,
    ILogger<EmailMessages> log)
{
    /// <summary>Null when the e-mail's subject is gone, or its recipient was anonymised.</summary>
    public async Task<MimeMessage?> Write(Notification notification, CancellationToken stop)
    {
        if (notification is not { RecipientName: { } name, RecipientEmail: { } email })
            return null;

        var culture = notification.Language.Culture(settings.Value.FormOfAddress);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        await using var db = databases.Open();
        if (await Draft(db, notification, stop) is not { } draft)
            return null;
        if (notification.Carries is { Count: > 0 } carried)
            draft = await WithCarried(db, notification, carried, draft, stop);

        var hub = await identity.Get(stop);
        var (html, text) = await renderer.Render(draft, culture);
        var message = new MimeMessage
        {
            MessageId = MessageId(hub, notification.Id),
            Date = notification.DueAt.ToDateTimeOffset(),
            Subject = OneLine(draft.Subject),
            Body = Body(notification, draft, html, text),
        };
        message.From.Add(Sender);
        if (EmailAddress.OfTheHub(settings.Value.Mail.ReplyTo) is { } replyTo)
            message.ReplyTo.Add(new MailboxAddress("", replyTo.Wire));
        message.To.Add(new MailboxAddress(notification.Type.NamesNobody ? "" : OneLine(name.Text), email.Wire));
        AddHeaders(message, notification, draft, hub);
        var before = await Before(db, notification, stop);
        if (before.Count > 0)
            message.InReplyTo = MessageId(hub, before[^1]);
        foreach (var earlier in before)
            message.References.Add(MessageId(hub, earlier));
        HeaderPhrase.WriteNames(message);
        return message;
    }

    /// <summary>The mail, or why there is none: faults of the e-mail itself are final, transient database errors are thrown.</summary>
    public async Task<(MimeMessage? Message, SendReply? Trouble)> WriteToSend(Notification notification, CancellationToken stop)
    {
        try
        {
            return await Write(notification, stop) is { } message
                ? (message, null)
                : (null, new SendReply(SendResult.Never, "nothing to send, or an invalid address"));
        }
        catch (Exception exception) when (IsFault(exception))
        {
            log.LogError(exception, "Notification {Notification} ({Type}) cannot be written", notification.Id, notification.Type);
            return (null, new SendReply(SendResult.Unwritable, exception.GetType().Name));
        }
    }

    private static bool IsFault(Exception exception) =>
        exception is not (OperationCanceledException or DbException or TimeoutException or IOException)
            && exception.InnerException is not DbException;

    /// <summary>A fault in one part drops that part and not the mail: a change without a calendar entry is better than no e-mail.</summary>
    private bool Without(Notification notification, string part, Exception exception)
    {
        if (!IsFault(exception))
            return false;
        log.LogError(exception, "Notification {Notification} ({Type}) leaves without its {Part}", notification.Id, notification.Type, part);
        return true;
    }

    private Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var author = authors.FirstOrDefault(candidate => candidate.Writes(notification.Type))
            ?? throw new InvalidOperationException($"Nobody knows how to write {notification.Type}.");
        return author.Draft(db, notification, stop);
    }

    /// <summary>One mail with the content of all, each as in its own e-mail.</summary>
    private async Task<EmailDraft> WithCarried(
        HubDb db, Notification notification, IReadOnlyList<Notification> along, EmailDraft own, CancellationToken stop)
    {
        List<EmailDraft> parts = [own];
        foreach (var carried in along)
        {
            try
            {
                if (await Draft(db, carried, stop) is { } draft)
                    parts.Add(draft);
            }
            catch (Exception exception) when (Without(notification, $"part about {carried.Id}", exception))
            {
                // Drops a faulty one: it is sent by itself later, and the others do not wait for it.
            }
        }

        var more = parts.Count - 1;
        return own with
        {
            Subject = more == 0 ? own.Subject : Several(own, parts.Count).In(notification.Language),
            Body = typeof(RemindersEmail),
            Facts = new RemindersFacts(parts),
            // One-click unsubscribe covers everything in this mail; each part also has its own link.
            Unsubscribe = more == 0 ? own.Unsubscribe : await links.Unsubscribe(notification.Id, stop),
        };
    }

    /// <summary>"3 reminders: IoT security clinic, Thu 26 Nov, 18:00, and 2 more".</summary>
    private static Words Several(EmailDraft first, int count)
    {
        var about = first.About ?? first.Subject;
        return new($"{count} reminders: {about} and {count - 1} more", $"{count} Erinnerungen: {about} und {count - 1} weitere");
    }

    /// <summary>A test mail.</summary>
    public MimeMessage Trial(MailboxAddress recipient)
    {
        var said = new Words($"E-mails from {SenderName} reach you.", $"E-Mails von {SenderName} erreichen Sie.",
            $"E-Mails von {SenderName} erreichen dich.");
        var german = said.In(Language.German.Culture(settings.Value.FormOfAddress));
        var message = new MimeMessage([Sender], [recipient], $"{SenderName}: test e-mail / Test-E-Mail",
            new EmailBody(Part("plain", $"{said.English} / {german}\n{settings.Value.PublicUrl}\n")));
        HeaderPhrase.WriteNames(message);
        return message;
    }

    /// <summary>The same for an e-mail however often it is handed over, so that receivers can tell.</summary>
    private static string MessageId(HubName hub, Guid notificationId) => $"{notificationId:N}@{hub.MessageDomain}";

    /// <summary>
    /// Where an e-mail returns to that cannot be delivered; with an address for bounces each e-mail has one of its own
    /// (VERP), so that no bounce needs guessing.
    /// </summary>
    public MailboxAddress ReturnPath(Guid notificationId)
    {
        if (EmailAddress.OfTheHub(settings.Value.Mail.BounceAddress)?.Wire is not { } bounces)
            return Sender;
        var at = bounces.LastIndexOf('@');
        return new MailboxAddress("", $"{bounces[..at]}+{notificationId:N}{bounces[at..]}");
    }

    private MailboxAddress Sender => new(OneLine(SenderName), SenderAddress);

    private string SenderName =>
        settings.Value.Mail.FromName is { Length: > 0 } name ? name : settings.Value.Name;

    private string SenderAddress => settings.Value.SenderAddress.Wire;

    /// <summary>
    /// Text, HTML, calendar, in this order and inline: the last that a program understands is the one it shows (RFC 2046, RFC 6047).
    /// </summary>
    private EmailBody Body(Notification notification, EmailDraft draft, string html, string text)
    {
        MimeEntity pretty = Part("html", html);
        try
        {
            if (draft.TicketCode is { } draw)
                pretty = WithPicture(notification, pretty, draw());
        }
        catch (Exception exception) when (Without(notification, "ticket picture", exception))
        {
            // The link in its place leads to the same ticket.
        }

        // Boundaries not by chance: an e-mail handed over twice is the same to the byte.
        var body = new EmailBody(Part("plain", text), pretty);
        body.ContentType.Boundary = $"part-{notification.Id:N}";
        try
        {
            if (draft.Calendar is { } calendar)
                body.Add(CalendarPart(notification, calendar));
        }
        catch (Exception exception) when (Without(notification, "calendar part", exception))
        {
            notification.Told = null; // the calendar was not updated
        }

        return body;
    }

    private static MultipartRelated WithPicture(Notification notification, MimeEntity html, byte[] code)
    {
        var picture = new MimePart("image", "png")
        {
            ContentId = "ticket",
            ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "ticket.png" },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(new MemoryStream(code)),
        };
        var related = new MultipartRelated { html, picture };
        related.ContentType.Boundary = $"related-{notification.Id:N}";
        related.ContentType.Parameters.Add("type", "text/html"); // RFC 2387: names the root part
        return related;
    }

    private TextPart CalendarPart(Notification notification, EmailCalendar calendar)
    {
        var attendee = new CalendarPerson(notification.RecipientName!, notification.RecipientEmail!);
        var text = CalendarTexts.Of(settings.Value)
            .Write(calendar.Method, [.. calendar.Entries.Select(entry => entry with { Attendee = attendee })]);
        var part = Part("calendar", text);
        part.ContentType.Parameters.Add("method", calendar.Method.Word());
        return part;
    }

    /// <summary>By which readers sort and mute what they may stop, per class and site: "Reminders, Hub Ost" (RFC 2919).</summary>
    private string ListId(Notification notification, EmailDraft draft, HubName hub)
    {
        var list = notification.Class.ToString().ToLowerInvariant();
        var site = draft.Site is { } known ? $".{known.Slug}" : "";
        return $"{HeaderPhrase.Of(OneLine(SenderName))} <{list}{site}.{hub.ListDomain}>";
    }

    // MimeKit would choose base64 for a short text in German; quoted-printable stays readable and smaller.
    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(System.Text.Encoding.UTF8, text);
        return part;
    }

    private void AddHeaders(MimeMessage message, Notification notification, EmailDraft draft, HubName hub)
    {
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // RFC 3834
        message.Headers.Add("X-Auto-Response-Suppress", "OOF, NRN, RN, AutoReply"); // Exchange; never "All", which hides the bounces, too
        message.Body!.Headers.Add(HeaderId.ContentLanguage, notification.Language.Tag());
        if (draft.Unsubscribe is { } unsubscribe)
        {
            message.Headers.SetAsWritten(HeaderId.ListId, ListId(notification, draft, hub));
            message.Headers.Add(HeaderId.ListUnsubscribe,
                links.UnsubscribeByMail(unsubscribe) is { } byMail ? $"<{unsubscribe}>, <{byMail}>" : $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click"); // RFC 8058
        }
    }

    /// <summary>
    /// The e-mails that left about the same thing and were due before this one, in that order: what mail programs thread it under. The
    /// first and the last few of them, for a header has no room for a year of changes. The same however often this e-mail is handed over.
    /// </summary>
    private static async Task<List<Guid>> Before(HubDb db, Notification notification, CancellationToken stop)
    {
        // E-mails about a member are no thread; nor are those about one closure to different people.
        if (notification.SubjectId == notification.MemberId)
            return [];
        var before = await db.Notifications.About(notification.About)
            .Where(other => other.MemberId == notification.MemberId
                && other.SentAt != null && other.Id != notification.Id && other.DueAt <= notification.DueAt)
            .OrderByDescending(other => other.DueAt).ThenByDescending(other => other.WrittenAt)
            .Select(other => other.Id).Take(LookedBackMax).ToListAsync(stop);
        before.Reverse();
        return before.Count > ReferencesMax ? [before[0], .. before[^(ReferencesMax - 1)..]] : before;
    }

    private const int ReferencesMax = 10;
    private const int LookedBackMax = 200;

    /// <summary>Prevents header injection by a line break in a name or title.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
