using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;

namespace DigiHub.Registrations;

/// <summary>
/// The safety net, each minute: upcoming events with a free seat and a waiting list. Every act that frees a seat passes it on
/// at once; this finds what was missed. Returns how many got a seat.
/// </summary>
public sealed class PromoteFromWaitingList(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<PromoteFromWaitingList> log)
{
    private const int EventsMax = 100;

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var promoted = 0;
        foreach (var eventId in await WithFreeSeats(stop))
        {
            var outcome = await unitOfWork.Run(db => Promote(db, map, eventId, stop), stop);
            if (outcome.IsDone)
                promoted += outcome.Value;
            else
                log.LogWarning("The waiting list of event {Event} could not be processed: {Code}", eventId, outcome.Refusal.Code);
        }

        return promoted;
    }

    private async Task<Outcome<int>> Promote(HubDb db, HubDirectory map, Guid eventId, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfEvent(eventId)], stop);
        var now = clock.GetCurrentInstant();
        var evt = await db.Events.Include(one => one.ReminderRules).SingleAsync(one => one.Id == eventId, stop);
        var promoted = await WaitingList.GiveFreeSeats(db, evt, map.Place(evt.SiteId)!, now, stop);
        if (promoted > 0)
        {
            db.Record(now, actorId: null, EventActs.Promoted, eventId, $"{promoted}");
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
            .Where(evt => evt.Status == EventStatus.Published && evt.Start > soonest)
            .Where(evt => registrations.Any(one => one.EventId == evt.Id
                && one.Status == RegistrationStatus.Waiting && one.ConfirmBy == null))
            .Where(evt => registrations.Count(one => one.EventId == evt.Id && one.Status == RegistrationStatus.Confirmed) < evt.Capacity)
            .OrderBy(evt => evt.Start).Select(evt => evt.Id).Take(EventsMax).ToListAsync(stop);
    }
}
