using DigiHub.Data;
using DigiHub.Registrations;

namespace DigiHub.Events;

/// <summary>Events with their seats counted, in one question.</summary>
internal static class EventCards
{
    /// <summary>Not tracked; with reminder rules only if the events asked for include them.</summary>
    public static async Task<List<EventSummary>> Of(HubDb db, IQueryable<Event> events, CancellationToken stop)
    {
        var registrations = db.Registrations;
        var found = await events.AsNoTracking().Select(evt => new
        {
            Event = evt,
            Taken = registrations.Count(one => one.EventId == evt.Id && one.Status == RegistrationStatus.Confirmed),
            Waiting = registrations.Count(one => one.EventId == evt.Id && one.Status == RegistrationStatus.Waiting),
        }).ToListAsync(stop);
        return [.. found.Select(one => new EventSummary(one.Event, one.Taken, one.Waiting))];
    }
}
