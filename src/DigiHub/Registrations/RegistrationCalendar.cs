using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>
/// Who has a seat gets the invitation as the event is now, with every notification that says so; who has none gets it withdrawn by the first
/// notification that leaves, whatever that notification is about, as long as it may stand in their calendar.
/// </summary>
internal sealed class RegistrationCalendar : INotificationCalendar
{
    public static bool Tells(NotificationType kind) => kind is NotificationType.RegistrationConfirmed or NotificationType.RegistrationPromoted
        or NotificationType.RegistrationWaiting or NotificationType.RegistrationCancelled or NotificationType.EventChanged or NotificationType.EventCancelled;

    public bool Concerns(NotificationType kind) => Tells(kind);

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var (registrationId, events) = (notification.RegistrationId, db.Events);
        var world = await db.Registrations.AsNoTracking().Where(one => one.Id == registrationId)
            .Join(events, one => one.EventId, one => one.Id, (one, evt) => new { Registration = one, Event = evt }).SingleOrDefaultAsync(stop);
        if (world is null)
            return null;

        var sequence = world.Event.CalendarSequence + world.Registration.CalendarSequence;
        if (world.Registration.HoldsSeatOf(world.Event))
            return new CalendarTold(sequence, EventFacts.Of(world.Event).Written);
        var known = await db.Notifications.Where(other => other.RegistrationId == registrationId).KnownToCalendar(stop);
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
        var known = await db.Notifications.Where(notification => notification.EventId == eventId).KnownToCalendars(stop);
        return people.FindAll(person => !person.IsHeld || (known.TryGetValue(person.Id, out var calendar) && calendar.MayHoldEntry));
    }

    /// <summary>
    /// After an act was taken back: writes to those whose calendar may not show how they stand now and to whom no notification under way says it.
    /// Under the event's lock, after what no longer holds was withdrawn.
    /// </summary>
    public static async Task TellAgain(HubDb db, Event evt, IReadOnlyCollection<Registration> people, Instant now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop); // notifications written so far count as under way
        var eventId = evt.Id;
        var notifications = db.Notifications.Where(notification => notification.EventId == eventId);
        var known = await notifications.KnownToCalendars(stop);
        var underWay = (await notifications.NotYetLeaving().Select(notification => new { notification.RegistrationId, notification.Kind }).ToListAsync(stop))
            .Where(notification => Tells(notification.Kind) && notification.Kind != NotificationType.EventCancelled)
            .ToLookup(notification => notification.RegistrationId, notification => notification.Kind == NotificationType.RegistrationCancelled);
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
