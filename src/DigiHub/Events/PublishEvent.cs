using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Makes a draft public and takes its room, set-up and tear-down inside, in the one conflict calendar of bookings and
/// events. Refuses with what the draft lacks, by field, with hub_not_open, and with slot_taken and alternatives if the room is not free.
/// </summary>
public sealed class PublishEvent(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop, Alongside<Event>? along = null)
    {
        var roomId = await RoomClaim.RoomOf(databases, eventId, stop);
        return await unitOfWork.Run(async db =>
        {
            var map = await catalogue.InForce(db, stop); // no room is retired meanwhile
            await db.AcquireLocks([.. RoomClaim.Locks(map, roomId), Slug.LockKey, LockKey.OfEvent(eventId)], stop);
            var evt = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
            if (evt is null || !evt.MayBeEditedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)))
                return Refusal.NotFound;
            if (evt.Status != EventStatus.Draft)
                return EventRefusals.NotADraft;
            if (evt.SpaceId != roomId)
                return Refusal.Stale; // the draft was given another room since the first read
            var now = clock.GetCurrentInstant();
            if (map.OpenedAt is null)
                return EventRefusals.HubNotOpen;
            if (DraftRules.Lacks(evt, map, now) is { } lacking)
                return lacking;
            if (await RoomClaim.Take(db, evt, map, now, stop) is { } taken)
                return taken;

            evt.Slug = await Slug.Unique(db, evt.Title.Words.German, stop);
            evt.Status = EventStatus.Published;
            evt.PublishedAt = now;
            evt.Change(now);
            db.Record(now, actorId, EventActs.Published, evt.Id);
            return (Outcome<Event>)evt;
        }, stop, along);
    }
}
