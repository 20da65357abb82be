using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;
using QRCoder;

namespace DigiHub.Web.Registrations;

/// <summary>Writes the e-mails to attendees: about their registration, and about its event.</summary>
public sealed class RegistrationEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    /// <summary>The reading of who registers or moves up around the time of a reminder.</summary>
    public const string Late = "late";

    /// <summary>The reading of a reminder that tells of others too.</summary>
    public const string Several = "several";

    private static readonly Words toLate = new(
        "For people who join around the time of a reminder", "Für alle, die erst um die Zeit einer Erinnerung dazukommen");
    private static readonly Words toWaiting = new("For people on the waiting list", "Für alle auf der Warteliste");

    private sealed record Kind(NotificationType Is, Type Body, Func<string, Words> Subject);

    private static readonly Dictionary<NotificationType, Kind> kinds = new[]
    {
        new Kind(RegistrationNotifications.Confirmed, typeof(RegistrationConfirmedEmail),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}", $"Du bist dabei: {title}")),
        new Kind(RegistrationNotifications.ToConfirm, typeof(RegistrationToConfirmEmail),
            title => new($"Confirm your registration: {title}", $"Bestätigen Sie Ihre Anmeldung: {title}",
                $"Bestätige deine Anmeldung: {title}")),
        new Kind(RegistrationNotifications.Promoted, typeof(RegistrationPromotedEmail),
            title => new($"You’re in: {title}", $"Sie sind dabei: {title}", $"Du bist dabei: {title}")),
        new Kind(RegistrationNotifications.Waiting, typeof(RegistrationWaitingEmail),
            title => new($"Waiting list: {title}", $"Warteliste: {title}")),
        new Kind(RegistrationNotifications.StandBy, typeof(RegistrationStandByEmail),
            title => new($"Still on the waiting list: {title}", $"Noch auf der Warteliste: {title}")),
        new Kind(RegistrationNotifications.Cancelled, typeof(RegistrationCancelledEmail),
            title => new($"Cancelled: your registration for {title}", $"Anmeldung storniert: {title}")),
        new Kind(ReminderNotifications.OfEvent, typeof(EventReminderEmail),
            title => new($"Reminder: {title}", $"Erinnerung: {title}")),
        new Kind(EventNotifications.Changed, typeof(EventChangedEmail),
            title => new($"Changed: {title}", $"Geändert: {title}")),
        new Kind(EventNotifications.Cancelled, typeof(EventCancelledEmail),
            title => new($"Cancelled: {title}", $"Abgesagt: {title}")),
    }.ToDictionary(kind => kind.Is);

    public bool Writes(NotificationType type) => kinds.ContainsKey(type);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var (seated, waiting) = (Registration.Subject.Of(world.Seated.Id), Registration.Subject.Of(world.Waiting.Id));
        var facts = EventFacts.Of(world.Event);
        var confirmed = new EmailSample(RegistrationNotifications.Confirmed, seated) { Told = EmailSample.Invites };
        var promoted = new EmailSample(RegistrationNotifications.Promoted, seated) { Told = EmailSample.Invites };
        var reminder = new EmailSample(ReminderNotifications.OfEvent, seated);
        var standBy = new EmailSample(RegistrationNotifications.StandBy, waiting);
        var changed = new EmailSample(EventNotifications.Changed, seated)
        {
            Told = EmailSample.Invites,
            Note = new ChangeNote(
                facts with
                {
                    Start = world.Event.StartLocal.PlusDays(-1),
                    End = world.Event.EndLocal.PlusDays(-1),
                    SpaceId = world.SmallRoom.Id,
                },
                "Wegen der großen Nachfrage ziehen wir um.\nBecause so many want to come, we are moving.").Written,
        };
        var cancelled = new EmailSample(EventNotifications.Cancelled, seated)
        {
            Told = EmailSample.Withdraws,
            Note = "Die Referentin ist erkrankt. The speaker is ill.",
        };
        return
        [
            new EmailSample(RegistrationNotifications.ToConfirm, Registration.Subject.Of(world.Held.Id)),
            confirmed,
            confirmed with { Reading = Late, Occasion = toLate, Note = RegistrationNote.StandsInForReminder },
            confirmed with
            {
                Reading = "again",
                Occasion = new("For people who register again", "Für alle, die sich noch einmal anmelden"),
                Note = RegistrationNote.Again,
            },
            promoted,
            promoted with { Reading = Late, Occasion = toLate, Note = RegistrationNote.StandsInForReminder },
            new EmailSample(RegistrationNotifications.Waiting, waiting),
            standBy,
            new EmailSample(RegistrationNotifications.Cancelled, seated) { Told = EmailSample.Withdraws },
            reminder,
            reminder with
            {
                Reading = Several,
                Occasion = new("With other reminders due within the hour", "Mit weiteren Erinnerungen derselben Stunde"),
                Carries = [new EmailSample(BookingNotifications.Reminder, Booking.Subject.Of(world.Booking.Id)), standBy],
            },
            changed,
            changed with
            {
                Reading = "slight",
                Occasion = new("For a minor change", "Bei einer kleinen Änderung"),
                Note = new ChangeNote(facts with
                {
                    Start = world.Event.StartLocal.PlusMinutes(-30),
                    End = world.Event.EndLocal.PlusMinutes(-30),
                }, null).Written,
            },
            changed with { Reading = "waiting", Subject = waiting, Occasion = toWaiting, Told = null },
            cancelled,
            cancelled with { Reading = "waiting", Subject = waiting, Occasion = toWaiting },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var registration = await db.Registrations.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.SubjectId, stop);
        if (registration is null)
            return null;
        var evt = await db.Events.AsNoTracking().FirstAsync(known => known.Id == registration.EventId, stop);
        var kind = kinds[notification.Type];
        var stopReminders = notification.Class == NotificationClass.Reminder ? await links.Unsubscribe(registration.Id, stop) : null;
        var facts = new RegistrationEmailFacts(
            registration, evt, await catalogue.Map(stop), links.Event(evt.Slug), await links.Registration(registration.Id, stop),
            await links.Ticket(registration.Id, stop), await WaitingPlace(db, registration, stop), notification.Note, stopReminders);
        var title = evt.Title.In(notification.Language);
        return new EmailDraft(EmailSubject.Of(kind.Subject(title), evt.StartLocal).In(notification.Language), kind.Body, facts)
        {
            About = EmailSubject.Of(new(title, title), evt.StartLocal).In(notification.Language),
            Calendar = notification.Told is { } told
                ? await Calendar(db, told, notification.Type, evt, registration, facts.Map, stop)
                : null,
            TicketCode = facts.HasTicket
                && notification.Type.IsOneOf(RegistrationNotifications.Confirmed, RegistrationNotifications.Promoted)
                ? () => Code(facts.Ticket)
                : null,
            Site = evt.SiteId is { } siteId ? facts.Map.Place(siteId)?.Site : null,
            Unsubscribe = stopReminders,
        };
    }

    // One person who leaves does not cancel the event: only an event that is cancelled itself says so in its STATUS.
    private async Task<EmailCalendar> Calendar(
        HubDb db, CalendarTold told, NotificationType type, Event evt, Registration registration, HubDirectory map, CancellationToken stop)
    {
        var memberId = registration.MemberId;
        var member = memberId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop);
        return new EmailCalendar(
            told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
            [
                Entries.For(member, (await links.Entries(stop)).Of(evt, registration, map)) with
                {
                    Sequence = told.Sequence,
                    IsCancelled = told.IsWithdrawal
                        && (evt.Status == DigiHub.Events.EventStatus.Cancelled || type == EventNotifications.Cancelled),
                },
            ]);
    }

    private static async Task<int?> WaitingPlace(HubDb db, Registration registration, CancellationToken stop) =>
        registration.Status != RegistrationStatus.Waiting ? null : 1 + await db.Registrations.CountAsync(
            other => other.EventId == registration.EventId && other.Status == RegistrationStatus.Waiting
                && other.Number < registration.Number, stop);

    // As picture and not as SVG: mail programs show no SVG.
    private static byte[] Code(Uri ticket)
    {
        using var data = QRCodeGenerator.GenerateQrCode(ticket.ToString(), QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(pixelsPerModule: 6);
    }
}
