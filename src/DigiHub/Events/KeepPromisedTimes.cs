using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Events;

/// <summary>
/// What was promised is the time on the site's wall. When a newer edition of the time zone database moves that time against the sun
/// (summer time abolished, say), the instants of events that are still to come, their rooms and their reminders follow. Its value is how
/// many events it set right.
/// </summary>
public sealed class KeepPromisedTimes(
    WriteDoor door, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<KeepPromisedTimes> log)
{
    private const int EventsMax = 10_000;

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var kept = 0;
        foreach (var eventId in await Astray(map, stop))
        {
            var outcome = await door.Run(db => SetRight(db, map, eventId, stop), stop);
            if (outcome.IsDone)
                kept++;
            else
                log.LogError("Event {Event} cannot keep the time it promised: {Code}", eventId, outcome.Refusal.Code);
        }

        if (kept > 0)
            log.LogWarning("The zone's rules have changed: {Count} events were set right", kept);
        return kept;
    }

    private async Task<Outcome<Guid>> SetRight(HubDb db, HubMap map, Guid eventId, CancellationToken stop)
    {
        var roomId = await db.Events.Where(one => one.Id == eventId).Select(one => one.SpaceId).SingleAsync(stop);
        await db.TakeTurns([.. RoomClaim.Turns(map, roomId), Turn.OfEvent(eventId)], stop);
        var hosted = await db.Events.Include(one => one.ReminderRules).SingleAsync(one => one.Id == eventId, stop);
        if (hosted.SpaceId != roomId)
            return Refusal.Stale; // moved in between; the next run looks again

        var now = clock.GetCurrentInstant();
        var place = map.Place(hosted.SiteId)!;
        var site = place.Time;
        (hosted.Start, hosted.End) = (site.Shifted(hosted.StartLocal), site.Shifted(hosted.EndLocal));
        hosted.Change(now);
        if (hosted.Status == EventStatus.Published)
        {
            if (await RoomClaim.Take(db, hosted, map, now, stop) is { } taken)
                return taken;
            await ArmReminders.Withdraw(db, eventId, "zone changed", stop);
            await ArmReminders.ForAll(db, hosted, place, await ChangeNotice.People(db, eventId, stop), now, stop);
        }

        db.Record(now, actorId: null, "event.times_kept", eventId);
        return eventId;
    }

    private async Task<List<Guid>> Astray(HubMap map, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var ahead = await db.Events.Where(hosted => hosted.Start > now && hosted.Status != EventStatus.Cancelled)
            .Select(hosted => new { hosted.Id, hosted.SiteId, hosted.StartLocal, hosted.EndLocal, hosted.Start, hosted.End })
            .Take(EventsMax).ToListAsync(stop);
        return [.. ahead.Where(hosted => IsAstray(map.Place(hosted.SiteId)!.Time, hosted.StartLocal, hosted.Start)
            || IsAstray(map.Place(hosted.SiteId)!.Time, hosted.EndLocal, hosted.End)).Select(hosted => hosted.Id)];
    }

    private static bool IsAstray(SiteTime site, LocalDateTime promised, Instant kept) => site.Shifted(promised) != kept;
}
