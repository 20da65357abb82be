using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Mail;
using Ical.Net;
using MimeKit;

namespace DigiHub.Web.Mail;

/// <summary>An answer of a calendar program: METHOD:REPLY with one entry and one attendee (RFC 5546 3.2.3).</summary>
internal static class CalendarReply
{
    private const int CharactersMax = 64_000;
    private const int UidMax = 255;

    /// <summary>Null for what is no such answer, or none that decides anything (NEEDS-ACTION, DELEGATED).</summary>
    public static InboundMessage? Read(TextPart part)
    {
        if (part.Text is not { Length: <= CharactersMax } text)
            return new InboundMessage.Unreadable("calendar too long");
        var calendar = Calendar.Load(text);
        if (!string.Equals(calendar?.Method, "REPLY", StringComparison.OrdinalIgnoreCase) || calendar!.Events.Count != 1)
            return null;

        var entry = calendar.Events.Single();
        if (entry.Attendees is not [{ Value: { } value } attendee] || entry.Uid is not { Length: > 0 and <= UidMax } uid)
            return null;

        if (MailtoUri.Read(value.OriginalString) is not { } address)
            return null;
        return attendee.ParticipationStatus?.ToUpperInvariant() switch
        {
            "ACCEPTED" => new InboundMessage.Reply(uid, address, ReplyAnswer.Accepted, entry.Sequence),
            "TENTATIVE" => new InboundMessage.Reply(uid, address, ReplyAnswer.Tentative, entry.Sequence),
            "DECLINED" => new InboundMessage.Reply(uid, address, ReplyAnswer.Declined, entry.Sequence),
            _ => null,
        };
    }
}
