using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Makes a draft public and takes its room, set-up and tear-down inside, in the one conflict calendar of bookings and
/// events. Refuses with what the draft lacks, by field, and with slot_taken and alternatives if the room is not free.
/// </summary>
public sealed class PublishEvent(WriteDoor door, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop, Alongside<Event>? along = null)
    {
        var map = await catalogue.Map(stop);
        var roomId = await RoomClaim.RoomOf(databases, eventId, stop);
        return await door.Run(async db =>
        {
            await db.TakeTurns([.. RoomClaim.Turns(map, roomId), Slug.Turn, Turn.OfEvent(eventId)], stop);
            var hosted = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
            if (hosted is null || !(await Hosting.Actor(db, actorId, stop)).MayEdit(hosted))
                return Refusal.NotFound;
            if (hosted.Status != EventStatus.Draft)
                return EventRefusals.NotADraft;
            if (hosted.SpaceId != roomId)
                return Refusal.Stale; // the draft was given another room between the two looks
            var now = clock.GetCurrentInstant();
            if (DraftRules.Lacks(hosted, map, now) is { } lacking)
                return lacking;
            if (await RoomClaim.Take(db, hosted, map, now, stop) is { } taken)
                return taken;

            hosted.Slug = await Slug.Unique(db, hosted.Title.German, stop);
            hosted.Status = EventStatus.Published;
            hosted.PublishedAt = now;
            hosted.Change(now);
            db.Record(now, actorId, Act.EventPublished, hosted.Id);
            return (Outcome<Event>)hosted;
        }, stop, along);
    }
}
