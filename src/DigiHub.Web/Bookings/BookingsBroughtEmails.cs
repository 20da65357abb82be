using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>E-mails somebody, once for all of them, that an import has brought bookings of theirs.</summary>
public sealed class BookingsBroughtEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == BookingNotifications.Brought;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
        [new EmailSample(BookingNotifications.Brought, Member.Subject.Of(world.MemberId)) { Note = "12" }];

    public Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var count = int.TryParse(notification.Note, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 1;
        return Task.FromResult<EmailDraft?>(new EmailDraft(
            new Words($"Your bookings at {links.HubName}", $"Ihre Buchungen bei {links.HubName}",
                $"Deine Buchungen bei {links.HubName}").In(notification.Language),
            typeof(BookingsBroughtEmail), new BookingsBroughtFacts(links.HubName, count, links.To(Paths.MyBookings))));
    }
}

public sealed record BookingsBroughtFacts(string HubName, int Count, Uri Mine);
