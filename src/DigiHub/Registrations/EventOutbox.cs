using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <param name="Notifications">Not what they say: only to whom, when, and how they stand.</param>
public sealed record NotificationsOfEvent(Event Event, IReadOnlyDictionary<NotificationState, int> Counts, OutboxList Notifications);

/// <summary>The notifications about one event: for its organiser and administrators, and to each attendee their own.</summary>
public sealed class EventOutbox(HubDbFactory databases, IClock clock)
{
    /// <summary>Notifications shown to one attendee; ThrottleRepeats keeps real ones far below.</summary>
    public const int OwnMax = 50;

    /// <summary>Null for everybody else; the query's event is this one, whatever it says.</summary>
    public async Task<NotificationsOfEvent?> Run(Guid eventId, Guid actorId, OutboxQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await Theirs(db, eventId, actorId, stop) is not { } evt)
            return null;
        return new NotificationsOfEvent(evt, await Outbox.Counts(db.Notifications.AboutEvent(db, eventId), stop),
            await Outbox.Page(db, query with { Among = Among(eventId) }, signer: null, stop));
    }

    /// <summary>How many of an event's notifications are in each state; null for who may not see them.</summary>
    public async Task<IReadOnlyDictionary<NotificationState, int>?> Counts(Guid eventId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Theirs(db, eventId, actorId, stop) is null
            ? null
            : await Outbox.Counts(db.Notifications.AboutEvent(db, eventId), stop);
    }

    /// <summary>
    /// What one attendee was sent and will be sent about their registration, the latest first; who asks must hold its link.
    /// </summary>
    public async Task<IReadOnlyList<Notification>> Own(Guid registrationId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Notifications.AsNoTracking().About(Registration.Subject.Of(registrationId))
            .Where(notification => notification.State != NotificationState.Cancelled && notification.State != NotificationState.Skipped)
            .OrderByDescending(notification => notification.DueAt).Take(OwnMax).ToListAsync(stop);
    }

    /// <summary>For an <see cref="OutboxQuery"/>: only those about one event.</summary>
    public static Func<HubDb, IQueryable<Notification>> Among(Guid eventId) => db => db.Notifications.AboutEvent(db, eventId);

    /// <summary>The event that a notification is about; null for one about anything else.</summary>
    public async Task<Guid?> EventOf(Notification notification, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.EventOf(notification, stop);
    }

    private async Task<Event?> Theirs(HubDb db, Guid eventId, Guid actorId, CancellationToken stop)
    {
        var evt = await db.Events.AsNoTracking().SingleOrDefaultAsync(one => one.Id == eventId, stop);
        return evt is not null && evt.MayBeEditedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)) ? evt : null;
    }
}
