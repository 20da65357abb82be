using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Derives the instants of events that have not begun from their local times by the current rules of the zone, with their reminders.
/// </summary>
internal sealed class EventInstants : IZoneFollower
{
    public async Task<IReadOnlyList<OutOfDate>> OutOfDate(
        HubDb db, HubDirectory map, SiteContext place, Instant now, CancellationToken stop)
    {
        var siteId = place.Site.Id;
        var ahead = await db.Events.Include(evt => evt.ReminderRules).AsSplitQuery()
            .Where(evt => evt.SiteId == siteId && evt.Status != EventStatus.Cancelled && evt.Start > now)
            .OrderBy(evt => evt.Start).Take(IZoneFollower.RowsMax).ToListAsync(stop);
        return
        [
            .. ahead.Where(evt => place.Time.Shifted(evt.StartLocal) != evt.Start || place.Time.Shifted(evt.EndLocal) != evt.End)
                .Select(evt => Of(db, map, place, evt, now, stop)),
        ];
    }

    private static OutOfDate Of(HubDb db, HubDirectory map, SiteContext place, Event evt, Instant now, CancellationToken stop)
    {
        var thing = Event.Subject.Of(evt.Id);
        return new(thing, () => SetRight(db, place, evt, now, stop))
        {
            Lock = LockKey.OfEvent(evt.Id),
            Space = evt is { Status: EventStatus.Published, SpaceId: { } roomId } && map.Space(roomId) is { } room
                ? new(evt.PublishedAt ?? evt.CreatedAt,
                    () => ClaimSpace.Take(
                        db, room, ClaimSpace.Blocked(evt.Span, evt.SetUpMinutes, evt.TearDownMinutes), thing, now, stop),
                    () => db.Record(now, actorId: null, EventActs.LostSpace, evt.Id))
                : null,
        };
    }

    private static async Task SetRight(HubDb db, SiteContext place, Event evt, Instant now, CancellationToken stop)
    {
        (evt.Start, evt.End) = (place.Time.Shifted(evt.StartLocal), place.Time.Shifted(evt.EndLocal));
        evt.Change(now);
        if (evt.Status == EventStatus.Published)
        {
            await ScheduleReminders.Withdraw(db, evt.Id, NotificationReason.ZoneChanged, stop);
            await ScheduleReminders.ForAll(db, evt, place, await ChangeNotice.People(db, evt.Id, stop), now, stop);
        }

        db.Record(now, actorId: null, EventActs.Recomputed, evt.Id);
    }
}
