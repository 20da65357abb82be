using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>
/// The seats of one event as they are under its lock: counted from the rows each time, so no counter can drift.
/// </summary>
/// <param name="Event">Tracked, with its reminder rules.</param>
/// <param name="LastNumber">The highest number given so far; 0 if none.</param>
internal sealed record Seats(Event Event, int Taken, int Waiting, int LastNumber)
{
    /// <summary>For a newcomer: not while anyone waits.</summary>
    public bool HasOneFor => Waiting == 0 && Taken < Event.Capacity;

    /// <summary>Null if there is no such event. Take the event's lock first.</summary>
    public static async Task<Seats?> Count(HubDb db, Guid eventId, CancellationToken stop)
    {
        var registrations = db.Registrations;
        var found = await db.Events.Include(evt => evt.ReminderRules).Where(evt => evt.Id == eventId)
            .Select(evt => new
            {
                Event = evt,
                Taken = registrations.Count(one => one.EventId == evt.Id && one.Status == RegistrationStatus.Confirmed),
                Waiting = registrations.Count(one => one.EventId == evt.Id && one.Status == RegistrationStatus.Waiting),
                LastNumber = registrations.Where(one => one.EventId == evt.Id).Max(one => (int?)one.Number),
            })
            .SingleOrDefaultAsync(stop);
        return found is null ? null : new Seats(found.Event, found.Taken, found.Waiting, found.LastNumber ?? 0);
    }
}
