using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Sites;

namespace DigiHub.Web.Notifications;

/// <summary>What an e-mail says: everything about it that is not the same in all e-mails.</summary>
/// <param name="Subject">The news first, then what it is about and when: a phone shows about 35 characters.</param>
/// <param name="Body">The component that writes it, with a parameter "Facts".</param>
public sealed record EmailDraft(string Subject, Type Body, object Facts)
{
    /// <summary>The subject without its news: "IoT security clinic, Thu 26 Nov, 18:00". Used where one mail carries several.</summary>
    public string? About { get; init; }

    public EmailCalendar? Calendar { get; init; }

    /// <summary>
    /// Draws the picture that the body shows as "cid:ticket": a QR code, PNG. Drawn when the mail is put together, where a fault in it
    /// costs the picture alone: the link around it still leads to the ticket.
    /// </summary>
    public Func<byte[]>? TicketCode { get; init; }

    /// <summary>The site it is about; null if it is about none, or about several.</summary>
    public Site? Site { get; init; }

    /// <summary>For reminders: the link that stops them.</summary>
    public Uri? Unsubscribe { get; init; }
}

/// <param name="Entries">One; of a series also the dates that differ, all of its UID.</param>
public sealed record EmailCalendar(CalendarMethod Method, IReadOnlyList<CalendarEntry> Entries);

/// <summary>
/// Writes the e-mails of one capability. The facts are loaded when the e-mail leaves, so that it is never
/// outdated. Called with the e-mail's language as the thread's culture.
/// </summary>
public interface IEmailAuthor
{
    bool Writes(NotificationType type);

    /// <summary>Null when its subject is gone.</summary>
    Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop);

    /// <summary>Examples of all it writes, the usual one of each type first.</summary>
    IEnumerable<EmailSample> Samples(SampleWorld world);
}
