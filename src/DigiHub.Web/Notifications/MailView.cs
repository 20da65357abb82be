using System.Text;
using MimeKit;

namespace DigiHub.Web.Notifications;

/// <summary>An e-mail of the pickup folder in a list.</summary>
/// <param name="Id">The file's name without its ending.</param>
public sealed record MailLine(string Id, string To, string ToName, string Subject, DateTimeOffset Date);

/// <summary>An e-mail, opened to be looked at.</summary>
/// <param name="Html">With its pictures inside; for a frame without rights only.</param>
public sealed record MailView(MailLine Line, string Text, string Html, string? Calendar, IReadOnlyList<(string Name, string Value)> Headers)
{
    public static MailView Of(string id, MimeMessage message)
    {
        var to = message.To.Mailboxes.FirstOrDefault();
        return Of(new MailLine(id, to?.Address ?? "", to?.Name ?? "", message.Subject ?? "", message.Date), message);
    }

    public static MailView Of(MailLine line, MimeMessage message) => new(
        line, message.TextBody ?? "", WithPictures(message),
        message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar"))?.Text,
        [.. message.Headers.Where(header => header.Id is not (HeaderId.ContentType or HeaderId.MimeVersion))
            .Select(header => (header.Field, header.Value))]);

    private static string WithPictures(MimeMessage message)
    {
        var html = new StringBuilder(message.HtmlBody ?? "");
        foreach (var picture in message.BodyParts.OfType<MimePart>().Where(part => part.ContentId is not null && part.Content is not null))
        {
            using var bytes = new MemoryStream();
            picture.Content!.DecodeTo(bytes);
            html.Replace(
                $"cid:{picture.ContentId}", $"data:{picture.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.ToArray())}");
        }

        return html.ToString();
    }
}
