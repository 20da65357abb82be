using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Mail;
using Ical.Net;
using Ical.Net.CalendarComponents;
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
        ReplyAnswer? answer = attendee.ParticipationStatus?.ToUpperInvariant() switch
        {
            "ACCEPTED" => ReplyAnswer.Accepted,
            "TENTATIVE" => ReplyAnswer.Tentative,
            "DECLINED" => ReplyAnswer.Declined,
            _ => null,
        };
        return answer is null ? null : new InboundMessage.Reply(uid, address, answer.Value, entry.Sequence, DateOf(entry));
    }

    /// <summary>Programs write it in UTC, in the zone of the invitation, or in one they name themselves.</summary>
    private static Instant? DateOf(CalendarEvent entry) => entry.RecurrenceIdentifier?.StartTime is { } start
        ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(start.AsUtc, DateTimeKind.Utc))
        : null;
}
