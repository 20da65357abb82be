using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Events;

/// <summary>How an event holds its room.</summary>
internal static class RoomClaim
{
    /// <summary>The locks of the room, if there is one.</summary>
    public static IEnumerable<LockKey> Locks(HubDirectory map, int? roomId) =>
        roomId is { } id && map.Space(id) is { } room ? ClaimSpace.Locks(room) : [];

    /// <summary>Read before the locks are taken, so it must be checked again afterwards.</summary>
    public static async Task<int?> RoomOf(HubDbFactory databases, Guid eventId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.Events.Where(evt => evt.Id == eventId).Select(evt => evt.SpaceId).SingleOrDefaultAsync(stop);
    }

    /// <summary>
    /// Under the locks of the room: releases the event's claims and claims its room as it is now. Refuses with
    /// slot_taken, naming who has the room as far as anybody may see, with alternatives; the caller's transaction then ends.
    /// </summary>
    public static async Task<Refusal?> Take(HubDb db, Event evt, HubDirectory map, Instant now, CancellationToken stop)
    {
        await ClaimSpace.Release(db, Event.Subject.Of(evt.Id), stop);
        if (evt.SpaceId is not { } roomId)
            return null;

        var room = map.Space(roomId)!;
        var blocked = ClaimSpace.Blocked(evt.Span, evt.SetUpMinutes, evt.TearDownMinutes);
        if (await ClaimSpace.Take(db, room, blocked, Event.Subject.Of(evt.Id), now, stop) is null)
            return null;

        var message = await Clash(db, room, map.PlaceOf(room).Time, blocked, stop);
        return new Refusal(UnitOfWork.SlotTaken.Code, message)
        {
            Field = "space",
            Alternatives = await RoomAlternatives.Find(db, evt, room, map, now, stop),
        };
    }

    /// <summary>A published event is named, for everybody may see it; a booking is only somebody's.</summary>
    private static async Task<Words> Clash(HubDb db, Space room, SiteTime site, Span blocked, CancellationToken stop)
    {
        int[] units = [.. room.Units.Select(unit => unit.UnitId)];
        var clash = await db.Claims.AsNoTracking().Overlapping(units, blocked).OrderBy(claim => claim.Start).FirstAsync(stop);
        var (kind, holderId) = clash.Holder;
        var other = kind == Event.Subject.Name
            ? await db.Events.AsNoTracking().SingleOrDefaultAsync(evt => evt.Id == holderId, stop)
            : null;
        var when = TimeWords.Span(new LocalSpan(site.Local(clash.Start), site.Local(clash.End)));
        return other is null
            ? new($"{room.Name} is booked: {when.English}. Choose another time or room.",
                $"{room.Name} ist gebucht: {when.German}. Wählen Sie eine andere Zeit oder einen anderen Raum.",
                $"{room.Name} ist gebucht: {when.Familiar}. Wähle eine andere Zeit oder einen anderen Raum.")
            : new($"{room.Name} is taken by “{other.Title.Words.English}”: "
                + $"{when.English}, with set-up and tear-down. Choose another time or room.",
                $"{room.Name} ist belegt durch „{other.Title.Words.German}“: "
                    + $"{when.German}, mit Auf- und Abbau. Wählen Sie eine andere Zeit oder einen anderen Raum.",
                $"{room.Name} ist belegt durch „{other.Title.Words.Familiar}“: {when.Familiar}, mit Auf- und Abbau. Wähle eine andere Zeit "
                    + "oder einen anderen Raum.");
    }
}
