using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;

namespace DigiHub.Registrations;

/// <summary>
/// The safety net, each minute: upcoming events with a free seat and somebody who waits. Every act that frees a seat gives it on
/// at once; this finds what fell through. Its value is how many got a seat.
/// </summary>
public sealed class PromoteFromWaitingList(
    WriteDoor door, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<PromoteFromWaitingList> log)
{
    private const int EventsMax = 100;

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var promoted = 0;
        foreach (var eventId in await WithFreeSeats(stop))
        {
            var outcome = await door.Run(db => Promote(db, map, eventId, stop), stop);
            if (outcome.IsDone)
                promoted += outcome.Value;
            else
                log.LogWarning("The waiting list of event {Event} could not move: {Code}", eventId, outcome.Refusal.Code);
        }

        return promoted;
    }

    private async Task<Outcome<int>> Promote(HubDb db, HubMap map, Guid eventId, CancellationToken stop)
    {
        await db.TakeTurns([Turn.OfEvent(eventId)], stop);
        var now = clock.GetCurrentInstant();
        var hosted = await db.Events.Include(one => one.ReminderRules).SingleAsync(one => one.Id == eventId, stop);
        var promoted = await WaitingList.GiveFreeSeats(db, hosted, map.Place(hosted.SiteId)!, now, stop);
        if (promoted > 0)
        {
            db.Record(now, actorId: null, Act.EventPromoted, eventId, $"{promoted}");
            log.LogWarning("Event {Event} had free seats while {Count} waited; they have them now", eventId, promoted);
        }

        return promoted;
    }

    private async Task<List<Guid>> WithFreeSeats(CancellationToken stop)
    {
        var soonest = clock.GetCurrentInstant() + WaitingList.StopsBeforeStart;
        await using var db = databases.Open();
        var registrations = db.Registrations;
        return await db.Events
            .Where(hosted => hosted.Status == EventStatus.Published && hosted.Start > soonest)
            .Where(hosted => registrations.Any(one => one.EventId == hosted.Id && one.Status == RegistrationStatus.Waiting && one.ConfirmBy == null))
            .Where(hosted => registrations.Count(one => one.EventId == hosted.Id && one.Status == RegistrationStatus.Confirmed) < hosted.Capacity)
            .OrderBy(hosted => hosted.Start).Select(hosted => hosted.Id).Take(EventsMax).ToListAsync(stop);
    }
}
