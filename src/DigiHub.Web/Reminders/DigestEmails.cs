using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;
using NodaTime.Text;

namespace DigiHub.Web.Reminders;

/// <summary>Writes the overview of a member's day, as the day is when the e-mail leaves.</summary>
public sealed class DigestEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    /// <summary>A mail stays readable, and below 60 kB; it says how many more there are.</summary>
    private const int PartsMax = 20;

    public bool Writes(NotificationType type) => type == ReminderNotifications.DayDigest;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
    [
        new EmailSample(ReminderNotifications.DayDigest, Member.Subject.Of(world.MemberId))
        { Note = LocalDatePattern.Iso.Format(world.Event.StartLocal.Date) },
    ];

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (notification.MemberId is not { } memberId || WriteDigests.DateOf(notification) is not { } date
            || WriteDigests.HomeOf(map, notification.SiteId) is not { } home)
            return null;
        var day = await MemberDay.Of(db, map, memberId, date, home.Time, stop);
        if (day.Items.Count == 0)
            return null;

        var unsubscribe = await links.Unsubscribe(memberId, stop);
        var facts = new DayDigestFacts(day, [.. day.Items.Take(PartsMax).Select(item => Part(item, date))],
            links.To(Paths.Account), links.To(Paths.MyBookings), unsubscribe);
        return new EmailDraft(facts.Subject.In(notification.Language), typeof(DayDigestEmail), facts) { Unsubscribe = unsubscribe };
    }

    private DayDigestPart Part(DayItem item, LocalDate date) => new(item, item.Place.Time.Zone, date,
        item.Booking is { } booking ? links.Booking(booking.Id) : links.Event(item.Event!.Slug));
}
