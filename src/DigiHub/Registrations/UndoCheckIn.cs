using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>Takes back a check-in made in error; nothing happens if there was none. Refuses with not_found.</summary>
public sealed class UndoCheckIn(WriteDoor door, IClock clock)
{
    public Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => door.Run(async db =>
    {
        if (await RegistrationTurn.Take(db, registrationId, stop) is not var (registration, hosted))
            return Refusal.NotFound;
        if (!(await Hosting.Actor(db, actorId, stop)).MayReceive(hosted))
            return Refusal.NotFound;
        if (registration.CheckedInAt is null)
            return (Outcome<Registration>)registration;

        registration.UndoCheckIn();
        db.Record(clock.GetCurrentInstant(), actorId, Act.RegistrationCheckInUndone, registration.Id);
        return registration;
    }, stop);
}
