using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Reminders;

/// <summary>Is a notification about an event still true when it is about to leave? One question to the database for each notification.</summary>
internal sealed class EventNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType kind) => kind is NotificationType.RegistrationConfirmed or NotificationType.RegistrationWaiting
        or NotificationType.RegistrationPromoted or NotificationType.RegistrationCancelled or NotificationType.RegistrationStandBy
        or NotificationType.EventReminder or NotificationType.EventChanged or NotificationType.EventCancelled or NotificationType.RegistrationToConfirm;

    public async Task<string?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var (registrationId, events, members) = (notification.RegistrationId, db.Events, db.Members);
        var world = await db.Registrations.AsNoTracking().Where(one => one.Id == registrationId)
            .Join(events, one => one.EventId, evt => evt.Id, (one, evt) => new
            {
                Registration = one,
                Event = evt,
                Member = members.FirstOrDefault(member => member.Id == one.MemberId),
            })
            .SingleOrDefaultAsync(stop);
        if (world is null)
            return "gone";

        var (registration, about) = (world.Registration, world.Event);
        // Its links open the registration to whoever reads it, and the address may be a stranger's.
        if (notification.NormalizedEmail != registration.NormalizedEmail)
            return "address corrected";
        if (notification.Kind == NotificationType.RegistrationToConfirm)
            return !registration.IsHeld ? "confirmed" : now >= registration.ConfirmBy ? "over" : NotOn(about, about.End, now);
        // Whoever reads that mailbox has not said that they want anything of the hub: the question is all they get, unless they had a
        // seat before.
        if (registration.ConfirmBy is not null && !await MayHoldEntry(db, registration, stop))
            return "not confirmed";
        return notification.Kind switch
        {
            NotificationType.EventReminder => NotOn(about, about.Start, now) ?? NotArmedFor(notification, about) ?? Not(registration, RegistrationStatus.Confirmed)
                ?? Unwanted(notification, registration, world.Member),
            NotificationType.RegistrationStandBy => NotOn(about, about.Start, now) ?? NotArmedFor(notification, about) ?? Not(registration, RegistrationStatus.Waiting)
                ?? Unwanted(notification, registration, world.Member),
            NotificationType.RegistrationWaiting => NotOn(about, about.Start, now) ?? Not(registration, RegistrationStatus.Waiting),
            NotificationType.RegistrationConfirmed => NotOn(about, about.End, now) ?? Not(registration, RegistrationStatus.Confirmed),
            NotificationType.RegistrationPromoted => NotOn(about, about.Start, now) ?? Not(registration, RegistrationStatus.Confirmed),
            NotificationType.RegistrationCancelled => Not(registration, RegistrationStatus.Cancelled),
            NotificationType.EventChanged => NotOn(about, about.End, now) ?? (registration.IsLive ? null : "not registered")
                ?? (await IsKnown(db, notification, registration, about, stop) ? "unchanged" : null),
            NotificationType.EventCancelled => about.Status != EventStatus.Cancelled ? "not cancelled" : registration.IsLive ? null : "not registered",
            _ => null,
        };
    }

    private static async Task<bool> MayHoldEntry(HubDb db, Registration registration, CancellationToken stop)
    {
        var id = registration.Id;
        return (await db.Notifications.Where(notification => notification.RegistrationId == id).KnownToCalendar(stop)).MayHoldEntry;
    }

    /// <summary>Nothing is left to tell: what they knew is so again, or another notification has told it meanwhile.</summary>
    private static async Task<bool> IsKnown(HubDb db, Notification notice, Registration registration, Event about, CancellationToken stop)
    {
        var (id, facts) = (registration.Id, EventFacts.Of(about));
        var calendar = await db.Notifications.Where(notification => notification.RegistrationId == id).KnownToCalendar(stop);
        return registration.Status == RegistrationStatus.Confirmed && calendar.LatestFacts is not null
            ? calendar.Shows(facts.Written)
            : ChangeNote.Parse(notice.Note).Known == facts;
    }

    private static string? Unwanted(Notification reminder, Registration registration, Member? member) => member switch
    {
        _ when !registration.WantsReminders => "unwanted",
        null => null, // a guest
        { DisabledAt: not null } or { WantsReminders: false } or { WantsEventReminders: false } => "unwanted",
        { WantsDigest: true } when reminder.DaysBefore == 1 => "told by the digest",
        _ => null,
    };

    /// <param name="until">From then on the notification has nothing left to say.</param>
    private static string? NotOn(Event about, Instant until, Instant now) =>
        about.Status != EventStatus.Published ? "event cancelled" : now >= until ? "over" : null;

    private static string? NotArmedFor(Notification notification, Event about) => Equals(notification.ScheduledForStart, about.Start) ? null : "moved";

    private static string? Not(Registration registration, RegistrationStatus wanted) => registration.Status switch
    {
        var status when status == wanted => null,
        RegistrationStatus.Cancelled => "not registered",
        _ when wanted == RegistrationStatus.Cancelled => "reinstated",
        RegistrationStatus.Waiting => "waiting",
        _ => "promoted",
    };
}
