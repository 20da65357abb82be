using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Calendars;

/// <summary>Writes the e-mail that asks whether a calendar's decline is meant.</summary>
public sealed class DeclineEmails(Catalogue catalogue, EmailLinks links, IClock clock) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == CalendarNotifications.DeclineToConfirm;

    public IEnumerable<EmailSample> Samples(SampleWorld world) =>
        [new EmailSample(CalendarNotifications.DeclineToConfirm, Registration.Subject.Of(world.Seated.Id)) { Note = "0" }];

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await Declined.Of(db, notification, clock.GetCurrentInstant(), stop) is not { } declined)
            return null;
        var facts = DeclinedFacts.Of(declined, await catalogue.Map(stop)) with { Link = await links.Decline(notification.Id, stop) };
        return new EmailDraft(
            EmailSubject.Of(new($"Please confirm: can’t make it? {facts.Title}", $"Bitte bestätigen: Sie kommen nicht? {facts.Title}",
                $"Bitte bestätigen: Du kommst nicht? {facts.Title}"),
                facts.When.Start).In(notification.Language),
            typeof(DeclineToConfirmEmail), facts);
    }
}
