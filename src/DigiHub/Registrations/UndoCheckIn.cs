using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>Takes back a check-in made in error; nothing happens if there was none. Refuses with not_found.</summary>
public sealed class UndoCheckIn(UnitOfWork unitOfWork, IClock clock)
{
    public Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        if (await LockedRegistration.Take(db, registrationId, stop) is not var (registration, evt))
            return Refusal.NotFound;
        if (!evt.MayBeReceivedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)))
            return Refusal.NotFound;
        if (registration.CheckedInAt is null)
            return (Outcome<Registration>)registration;

        registration.UndoCheckIn();
        db.Record(clock.GetCurrentInstant(), actorId, RegistrationActs.CheckInUndone, registration.Id);
        return registration;
    }, stop);
}
