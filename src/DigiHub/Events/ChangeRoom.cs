using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>Gives a published event another room of its site at the same time, in the transaction of an act that takes its own.</summary>
internal static class ChangeRoom
{
    /// <summary>
    /// The caller holds the locks of both rooms and of the event. Its people are told as by an edit. Refuses with room_too_small and
    /// slot_taken.
    /// </summary>
    public static async Task<Refusal?> Run(
        HubDb db, Event evt, Space room, HubDirectory map, Guid? actorId, Instant now, CancellationToken stop)
    {
        if (evt.Capacity > room.Capacity)
            return EventRefusals.RoomTooSmall(room.Name, room.Capacity) with { Field = $"fate_{evt.Id}" };
        var before = EventFacts.Of(evt);
        evt.SpaceId = room.Id;
        if (await RoomClaim.Take(db, evt, map, now, stop) is { } taken)
            return taken with { Field = $"fate_{evt.Id}" };

        var changes = EventChanges.Of(db, evt);
        evt.Change(now);
        evt.CalendarSequence++;
        db.Record(now, actorId, EventActs.Moved, evt.Id, changes: changes);
        if (evt.Start > now)
        {
            var people = await ChangeNotice.People(db, evt.Id, stop);
            var leaves = ChangeNotice.Leaves(evt.Start, map.PlaceOf(room), now);
            await ChangeNotice.Write(db, evt, before, people, words: null, now, leaves, stop);
        }

        return null;
    }
}
