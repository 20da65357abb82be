using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Reminders;

/// <summary>Checks whether a notification about an event is still true when it is about to leave, with one query.</summary>
internal sealed class EventNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type.IsOneOf(
            RegistrationNotifications.Confirmed, RegistrationNotifications.Waiting, RegistrationNotifications.Promoted,
            RegistrationNotifications.Cancelled, RegistrationNotifications.StandBy, ReminderNotifications.OfEvent,
            EventNotifications.Changed, EventNotifications.Cancelled, RegistrationNotifications.ToConfirm);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (registrationId, events, members) = (notification.SubjectId, db.Events, db.Members);
        var world = await db.Registrations.AsNoTracking().Where(one => one.Id == registrationId)
            .Join(events, one => one.EventId, evt => evt.Id, (one, evt) => new
            {
                Registration = one,
                Event = evt,
                Member = members.FirstOrDefault(member => member.Id == one.MemberId),
            })
            .SingleOrDefaultAsync(stop);
        if (world is null)
            return NotificationReason.Gone;

        var (registration, about) = (world.Registration, world.Event);
        // Its links give access to the registration, and the address may be a stranger's.
        if (notification.NormalizedEmail != registration.NormalizedEmail)
            return NotificationReason.AddressCorrected;
        if (notification.Type == RegistrationNotifications.ToConfirm)
            return !registration.IsHeld ? NotificationReason.Confirmed
                : now >= registration.ConfirmBy ? NotificationReason.Over : NotOn(about, about.End, now);
        // An unconfirmed address gets only the question to confirm, unless it had a
        // seat before.
        if (registration.ConfirmBy is not null && !await MayHoldEntry(db, registration, stop))
            return NotificationReason.NotConfirmed;
        if (notification.Type == EventNotifications.Changed)
        {
            return NotOn(about, about.End, now) ?? (registration.IsLive ? default(NotificationReason?) : NotificationReason.NotRegistered)
                ?? (await IsKnown(db, notification, registration, about, stop)
                    ? NotificationReason.Unchanged
                    : default(NotificationReason?));
        }

        return WhyNot(notification, registration, about, world.Member, now);
    }

    private static NotificationReason? WhyNot(
        Notification notification, Registration registration, Event about, Member? member, Instant now)
    {
        var type = notification.Type;
        if (type == EventNotifications.Cancelled)
            return about.Status != EventStatus.Cancelled ? NotificationReason.NotCancelled
                : registration.IsLive ? null : NotificationReason.NotRegistered;
        if (type == RegistrationNotifications.Cancelled)
            return Not(registration, RegistrationStatus.Cancelled);
        var wanted = type.IsOneOf(RegistrationNotifications.Waiting, RegistrationNotifications.StandBy)
            ? RegistrationStatus.Waiting
            : RegistrationStatus.Confirmed;
        if (notification.Class == NotificationClass.Reminder)
        {
            return NotOn(about, about.Start, now) ?? NotArmedFor(notification, about) ?? Not(registration, wanted)
                ?? Unwanted(notification, registration, member);
        }

        return NotOn(about, type == RegistrationNotifications.Confirmed ? about.End : about.Start, now) ?? Not(registration, wanted);
    }

    private static async Task<bool> MayHoldEntry(HubDb db, Registration registration, CancellationToken stop)
    {
        return (await db.Notifications.About(Registration.Subject.Of(registration.Id)).KnownToCalendar(stop)).MayHoldEntry;
    }

    /// <summary>Nothing is left to tell: what they knew is so again, or another notification has told it meanwhile.</summary>
    private static async Task<bool> IsKnown(HubDb db, Notification notice, Registration registration, Event about, CancellationToken stop)
    {
        var facts = EventFacts.Of(about);
        var calendar = await db.Notifications.About(notice.About).KnownToCalendar(stop);
        return registration.Status == RegistrationStatus.Confirmed && calendar.LatestFacts is not null
            ? calendar.Shows(facts.Written)
            : ChangeNote.Parse(notice.Note).Known == facts;
    }

    private static NotificationReason? Unwanted(Notification reminder, Registration registration, Member? member) => member switch
    {
        _ when !registration.WantsReminders => NotificationReason.Unwanted,
        null => null, // a guest
        { DisabledAt: not null } or { WantsReminders: false } or { WantsEventReminders: false } => NotificationReason.Unwanted,
        { WantsDigest: true } when reminder.DaysBefore == 1 => NotificationReason.ToldByDigest,
        _ => null,
    };

    /// <param name="until">From then on the notification has nothing left to say.</param>
    private static NotificationReason? NotOn(Event about, Instant until, Instant now) =>
        about.Status != EventStatus.Published ? NotificationReason.EventCancelled : now >= until ? NotificationReason.Over : null;

    private static NotificationReason? NotArmedFor(Notification notification, Event about) =>
        Equals(notification.ScheduledForStart, about.Start) ? null : NotificationReason.Moved;

    private static NotificationReason? Not(Registration registration, RegistrationStatus wanted) => registration.Status switch
    {
        var status when status == wanted => null,
        RegistrationStatus.Cancelled => NotificationReason.NotRegistered,
        _ when wanted == RegistrationStatus.Cancelled => NotificationReason.Reinstated,
        RegistrationStatus.Waiting => NotificationReason.Waiting,
        _ => NotificationReason.Promoted,
    };
}
