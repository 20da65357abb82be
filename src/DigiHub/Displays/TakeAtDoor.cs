using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>
/// Takes a room at the screen of its door, for who stands there and is not asked who they are: a booking of nobody, from now on, never over
/// the next claim. Unless they say within ten minutes that they use it, it is released like any other to which nobody checked in.
/// </summary>
public sealed class TakeAtDoor(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (no such screen, or revoked), walk_up_not_here, slot_taken, busy, and as
    /// <see cref="BookingRules.CheckWalkUp"/> does.
    /// </summary>
    /// <param name="secret">Of the screen's cookie.</param>
    /// <param name="minutes">One of <see cref="WalkUps.Minutes"/>.</param>
    public async Task<Outcome<Booking>> Run(string secret, int minutes, CancellationToken stop)
    {
        await NeedNobody(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await DeviceAtRoom.Take(db, catalogue, secret, Nobody.Id, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (_, space, place) = taken.Value;
                var now = clock.GetCurrentInstant(); // behind the locks
                var span = WalkUps.Check(space, place, minutes, now);
                if (!span.IsDone)
                    return span.Refusal;

                var local = WalkUps.From(place.Time.Local(now), minutes);
                var booked = await BookSpace.WalkUp(db, space, local, span.Value, now + WalkUps.CheckInWithin, now, stop);
                if (!booked.IsDone)
                    return booked.Refusal;
                db.Record(now, actorId: null, BookingActs.Created, booked.Value.Id);
                return booked;
            },
            stop);
    }

    /// <summary>The row is made by the first who needs it, in a transaction of its own: its lock would stop all others.</summary>
    private async Task NeedNobody(CancellationToken stop)
    {
        await using (var db = databases.Open())
        {
            if (await db.Members.AnyAsync(one => one.Id == Nobody.Id, stop))
                return;
        }

        await unitOfWork.Run<bool>(
            async db =>
            {
                await db.AcquireLocks([LockKey.OfAccess], stop);
                await db.NeedNobody(clock.GetCurrentInstant(), stop);
                return true;
            },
            stop);
    }
}
