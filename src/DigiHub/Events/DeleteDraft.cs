using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Events;

/// <summary>
/// Deletes a draft; returns its id. A published event is cancelled, never deleted. Refuses with
/// not_found and not_a_draft.
/// </summary>
public sealed class DeleteDraft(UnitOfWork unitOfWork, IClock clock)
{
    public Task<Outcome<Guid>> Run(Guid eventId, Guid actorId, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfEvent(eventId)], stop);
        var draft = await db.Events.SingleOrDefaultAsync(one => one.Id == eventId, stop);
        if (draft is null || !draft.MayBeEditedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)))
            return Refusal.NotFound;
        if (draft.Status != EventStatus.Draft)
            return EventRefusals.NotADraft;

        db.Events.Remove(draft);
        db.Record(clock.GetCurrentInstant(), actorId, EventActs.Deleted, eventId);
        return (Outcome<Guid>)eventId;
    }, stop);
}
