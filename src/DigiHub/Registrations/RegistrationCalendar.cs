using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>
/// Who has a seat gets the invitation as the event is now, with every notification that says so; who has none gets it withdrawn by the
/// first notification that leaves, whatever that notification is about, as long as it may stand in their calendar.
/// </summary>
internal sealed class RegistrationCalendar : INotificationCalendar
{
    public static bool Tells(NotificationType type) => type.IsOneOf(
            RegistrationNotifications.Confirmed, RegistrationNotifications.Promoted, RegistrationNotifications.Waiting,
            RegistrationNotifications.Cancelled, EventNotifications.Changed, EventNotifications.Cancelled);

    public bool Concerns(NotificationType type) => Tells(type);

    /// <summary>Of its event: that is where seats and times change.</summary>
    public async Task AcquireLock(HubDb db, Notification notification, CancellationToken stop)
    {
        var registrationId = notification.SubjectId;
        var events = await db.Registrations.Where(one => one.Id == registrationId).Select(one => one.EventId).ToListAsync(stop);
        await db.AcquireLocks(events.Select(LockKey.OfEvent), stop);
    }

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var (registrationId, events) = (notification.SubjectId, db.Events);
        var world = await db.Registrations.AsNoTracking().Where(one => one.Id == registrationId)
            .Join(events, one => one.EventId, one => one.Id, (one, evt) => new { Registration = one, Event = evt })
            .SingleOrDefaultAsync(stop);
        if (world is null)
            return null;

        var sequence = world.Event.CalendarSequence + world.Registration.CalendarSequence;
        if (world.Registration.HoldsSeatOf(world.Event))
            return new CalendarTold(sequence, EventFacts.Of(world.Event).Written);
        var known = await db.Notifications.About(notification.About).KnownToCalendar(stop);
        return known.MayHoldEntry ? new CalendarTold(sequence, Facts: null) : null;
    }

    /// <summary>
    /// Of those registered, who is written to: not an address whose reader has not confirmed, unless it had a seat before that may stand
    /// in its calendar.
    /// </summary>
    public static async Task<List<Registration>> WhoHears(HubDb db, Guid eventId, List<Registration> people, CancellationToken stop)
    {
        if (!people.Exists(person => person.IsHeld))
            return people;
        var known = await db.Notifications.AboutEvent(db, eventId).KnownToCalendars(stop);
        return people.FindAll(person => !person.IsHeld || (known.TryGetValue(person.Id, out var calendar) && calendar.MayHoldEntry));
    }

    /// <summary>
    /// After an act was taken back: writes to those whose calendar may not show how they stand now and to whom no notification under way
    /// says it. Under the event's lock, after what no longer holds was withdrawn.
    /// </summary>
    public static async Task TellAgain(HubDb db, Event evt, IReadOnlyCollection<Registration> people, Instant now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop); // notifications written so far count as under way
        var eventId = evt.Id;
        var notifications = db.Notifications.AboutEvent(db, eventId);
        var known = await notifications.KnownToCalendars(stop);
        var underWay = (await notifications.NotYetLeaving()
            .Select(notification => new { notification.SubjectId, notification.Type }).ToListAsync(stop))
            .Where(notification => Tells(notification.Type) && notification.Type != EventNotifications.Cancelled)
            .ToLookup(notification => notification.SubjectId, notification => notification.Type == RegistrationNotifications.Cancelled);
        var facts = EventFacts.Of(evt).Written;
        foreach (var person in people)
        {
            if (!known.TryGetValue(person.Id, out var calendar) || underWay[person.Id].Contains(!person.IsLive))
                continue;
            if (person.HoldsSeatOf(evt) ? !calendar.Shows(facts) : calendar.MayHoldEntry && person.Status == RegistrationStatus.Waiting)
                db.Write(RegistrationEmails.ReinstatedOf(person, evt, now));
        }
    }
}
