using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;
using QRCoder;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the e-mails to attendees: about their registration, and about its event.</summary>
public sealed class RegistrationEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    private sealed record Kind(NotificationType Is, Type Body, Func<string, Words> Subject);

    private static readonly Dictionary<NotificationType, Kind> kinds = new[]
    {
        new Kind(NotificationType.RegistrationConfirmed, typeof(RegistrationConfirmedEmail),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}")),
        new Kind(NotificationType.RegistrationToConfirm, typeof(RegistrationToConfirmEmail),
            title => new($"Confirm your registration: {title}", $"Bestätigen Sie Ihre Anmeldung: {title}")),
        new Kind(NotificationType.RegistrationPromoted, typeof(RegistrationPromotedEmail),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}")),
        new Kind(NotificationType.RegistrationWaiting, typeof(RegistrationWaitingEmail),
            title => new($"Waiting list: {title}", $"Warteliste: {title}")),
        new Kind(NotificationType.RegistrationStandBy, typeof(RegistrationStandByEmail),
            title => new($"Still on the waiting list: {title}", $"Noch auf der Warteliste: {title}")),
        new Kind(NotificationType.RegistrationCancelled, typeof(RegistrationCancelledEmail),
            title => new($"Cancelled: your registration for {title}", $"Anmeldung storniert: {title}")),
        new Kind(NotificationType.EventReminder, typeof(EventReminderEmail),
            title => new($"Reminder: {title}", $"Erinnerung: {title}")),
        new Kind(NotificationType.EventChanged, typeof(EventChangedEmail),
            title => new($"Changed: {title}", $"Geändert: {title}")),
        new Kind(NotificationType.EventCancelled, typeof(EventCancelledEmail),
            title => new($"Cancelled: {title}", $"Abgesagt: {title}")),
    }.ToDictionary(kind => kind.Is);

    public bool Writes(NotificationType kind) => kinds.ContainsKey(kind);

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.RegistrationId, stop);
        if (registration is null)
            return null;
        var evt = await db.Events.AsNoTracking().FirstAsync(known => known.Id == registration.EventId, stop);
        var kind = kinds[notification.Kind];
        var stopReminders = notification.Class == NotificationClass.Reminder ? await links.Unsubscribe(registration.Id, stop) : null;
        var facts = new RegistrationEmailFacts(
            registration, evt, await catalogue.Map(stop), links.Event(evt.Slug), await links.Registration(registration.Id, stop),
            await links.Ticket(registration.Id, stop), await WaitingPlace(db, registration, stop), notification.Note, stopReminders);
        var title = evt.Title.In(notification.Language);
        return new EmailDraft(EmailSubject.Of(kind.Subject(title), evt.StartLocal).In(notification.Language), kind.Body, facts)
        {
            About = EmailSubject.Of(new(title, title), evt.StartLocal).In(notification.Language),
            Calendar = notification.Told is { } told ? await Calendar(db, told, notification.Kind, evt, registration, facts.Map, stop) : null,
            TicketCode = facts.HasTicket && notification.Kind is NotificationType.RegistrationConfirmed or NotificationType.RegistrationPromoted
                ? () => Code(facts.Ticket)
                : null,
            Site = evt.SiteId is { } siteId ? facts.Map.Place(siteId)?.Site : null,
            Unsubscribe = stopReminders,
        };
    }

    // One person who leaves does not cancel the event: only an event that is cancelled itself says so in its STATUS.
    private async Task<EmailCalendar> Calendar(
        HubDb db, CalendarTold told, NotificationType kind, Event evt, Registration registration, HubDirectory map, CancellationToken stop)
    {
        var memberId = registration.MemberId;
        var member = memberId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        return new EmailCalendar(
            told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
            Entries.For(member, (await links.Entries(stop)).Of(evt, registration, map)) with
            {
                Sequence = told.Sequence,
                IsCancelled = told.IsWithdrawal && (evt.Status == DigiHub.Events.EventStatus.Cancelled || kind == NotificationType.EventCancelled),
            });
    }

    private static async Task<int?> WaitingPlace(HubDb db, Registration registration, CancellationToken stop) =>
        registration.Status != RegistrationStatus.Waiting ? null : 1 + await db.Registrations.CountAsync(
            other => other.EventId == registration.EventId && other.Status == RegistrationStatus.Waiting && other.Number < registration.Number, stop);

    // As picture and not as SVG: mail programs show no SVG.
    private static byte[] Code(Uri ticket)
    {
        using var data = QRCodeGenerator.GenerateQrCode(ticket.ToString(), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(pixelsPerModule: 6);
    }
}
