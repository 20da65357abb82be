using System.Globalization;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Letters;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace DigiHub.Web.Letters;

/// <summary>Makes a mail of a letter's row: loads its facts, renders both forms, puts the parts and headers together.</summary>
public sealed class LetterMessages(
    HubDbFactory databases, IEnumerable<ILetterAuthor> authors, LetterRenderer renderer, IOptions<HubSettings> settings)
{
    /// <summary>Null when what the letter would tell of is gone, or nobody can have its recipient's address.</summary>
    public async Task<MimeMessage?> Write(Letter letter, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(letter.RecipientEmail, out var recipient))
            return null;

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = letter.Language.Culture();
        await using var db = databases.Open();
        var author = authors.FirstOrDefault(candidate => candidate.Writes(letter.Kind))
            ?? throw new InvalidOperationException($"Nobody knows how to write {letter.Kind}.");
        if (await author.Draft(db, letter, stop) is not { } draft)
            return null;

        var (html, text) = await renderer.Render(draft, letter.Language);
        var message = new MimeMessage
        {
            MessageId = MessageId(letter.Id),
            Date = letter.DueAt.ToDateTimeOffset(),
            Subject = OneLine(draft.Subject),
            Body = Body(letter, draft, html, text),
        };
        message.From.Add(Sender);
        if (settings.Value.Mail.ReplyTo is { Length: > 0 } replyTo)
            message.ReplyTo.Add(MailboxAddress.Parse(replyTo));
        message.To.Add(new MailboxAddress(OneLine(letter.RecipientName), recipient.Address));
        AddHeaders(message, letter, draft);
        if (await FirstAbout(db, letter, stop) is { } first)
        {
            message.InReplyTo = MessageId(first);
            message.References.Add(MessageId(first));
        }

        return message;
    }

    /// <summary>A mail that tells of nothing but that mail works.</summary>
    public MimeMessage Trial(MailboxAddress recipient) => new([Sender], [recipient], $"{SenderName}: trial mail, Probenachricht",
        Part("plain", $"Mail of {SenderName} reaches you. / Nachrichten von {SenderName} erreichen Sie.\n{settings.Value.PublicUrl}\n"));

    /// <summary>The same for a letter however often it is handed over, so that receivers can tell.</summary>
    public string MessageId(Guid letterId) => $"{letterId:N}@{settings.Value.PublicUrl.Host}";

    private MailboxAddress Sender => new(OneLine(SenderName), SenderAddress);

    private string SenderName =>
        settings.Value.Mail.FromName is { Length: > 0 } name ? name : settings.Value.Name;

    private string SenderAddress =>
        settings.Value.Mail.From is { Length: > 0 } from ? from : $"hub@{settings.Value.PublicUrl.Host}";

    /// <summary>Text, HTML, calendar, in this order and inline: the last that a program understands is the one it shows (RFC 2046, RFC 6047).</summary>
    private MultipartAlternative Body(Letter letter, LetterDraft draft, string html, string text)
    {
        MimeEntity pretty = Part("html", html);
        if (draft.TicketCode is { } code)
        {
            var picture = new MimePart("image", "png")
            {
                ContentId = "ticket",
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "ticket.png" },
                ContentTransferEncoding = ContentEncoding.Base64,
                Content = new MimeContent(new MemoryStream(code)),
            };
            pretty = new MultipartRelated { pretty, picture };
        }

        var body = new MultipartAlternative { Part("plain", text), pretty };
        if (draft.Calendar is { } calendar)
            body.Add(CalendarPart(letter, calendar));
        return body;
    }

    private TextPart CalendarPart(Letter letter, LetterCalendar calendar)
    {
        var entry = calendar.Entry with
        {
            Sequence = letter.CalendarSequence ?? calendar.Entry.Sequence,
            Attendee = new CalendarPerson(letter.RecipientName, letter.RecipientEmail),
        };
        var text = new CalendarText(new CalendarPerson(SenderName, SenderAddress)).Write(calendar.Method, [entry]);
        var part = Part("calendar", text);
        part.ContentType.Parameters.Add("method", calendar.Method.Word());
        return part;
    }

    // MimeKit would choose base64 for a short text in German; quoted-printable stays readable and smaller.
    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(System.Text.Encoding.UTF8, text);
        return part;
    }

    private static void AddHeaders(MimeMessage message, Letter letter, LetterDraft draft)
    {
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // RFC 3834
        message.Headers.Add("X-Auto-Response-Suppress", "OOF, NRN, RN, AutoReply"); // Exchange; never "All", which hides the bounces, too
        message.Headers.Add(HeaderId.ContentLanguage, letter.Language.Tag());
        if (draft.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click"); // RFC 8058
        }
    }

    /// <summary>The first letter that left about the same thing: the others thread under it.</summary>
    private static Task<Guid?> FirstAbout(HubDb db, Letter letter, CancellationToken stop) =>
        letter.RegistrationId is null && letter.BookingId is null
            ? Task.FromResult<Guid?>(null)
            : db.Letters
                .Where(other => other.BookingId == letter.BookingId && other.RegistrationId == letter.RegistrationId
                    && other.State == LetterState.Sent && other.Id != letter.Id)
                .OrderBy(other => other.SentAt).Select(other => (Guid?)other.Id).FirstOrDefaultAsync(stop);

    /// <summary>A line break in a name or title would end its header and begin another.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
