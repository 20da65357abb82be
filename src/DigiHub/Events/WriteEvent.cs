using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="EventId">Null for a new event.</param>
/// <param name="IfRevision">Refuses with "stale" if the event has another by now; null: whatever it has.</param>
/// <param name="Along">What else is written in the same commit.</param>
public sealed record WriteEventRequest(
    Guid? EventId, EventDraft Draft, Guid ActorId, int? IfRevision = null, Alongside<Event>? Along = null);

/// <summary>
/// Creates or overwrites a draft. Only organisers, their own events; administrators any. A draft needs a title and a
/// start; the rest is filled in (<see cref="EventDraft"/>). Refusals name the field: title_missing, start_missing, room_too_small and so
/// on; not_an_organiser, not_found, not_a_draft, stale.
/// </summary>
public sealed class WriteEvent(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<Event>> Run(WriteEventRequest request, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            if (await db.Actor(request.ActorId, clock.GetCurrentInstant(), stop) is not { } actor
                || !actor.Viewer.MayAnywhere(Permission.HostEvents))
                return EventRefusals.NotOrganiser;
            var draft = request.Draft.Reminders is null && request.EventId is null
                ? request.Draft with { Reminders = await db.RemindersOfNewEvents(stop) }
                : request.Draft;
            var filled = DraftRules.Fill(draft, map, actor.Member.HomeSiteId);
            if (!filled.IsDone)
                return filled.Refusal;
            if (!actor.Viewer.May(Permission.HostEvents, filled.Value.Place.Site.Id))
                return EventRefusals.NotOrganiser;
            return request.EventId is { } eventId
                ? await Overwrite(db, eventId, request.IfRevision, filled.Value, actor, stop)
                : WriteNew(db, filled.Value, actor);
        }, stop, request.Along);
    }

    private Outcome<Event> WriteNew(HubDb db, FilledDraft filled, Actor actor)
    {
        var now = clock.GetCurrentInstant();
        var written = filled.NewEvent(actor.Id, now);
        db.Events.Add(written);
        db.Record(now, actor.Id, EventActs.Drafted, written.Id);
        return written;
    }

    private async Task<Outcome<Event>> Overwrite(
        HubDb db, Guid eventId, int? ifRevision, FilledDraft filled, Actor actor, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfEvent(eventId)], stop);
        var written = await db.Events.Include(evt => evt.ReminderRules).SingleOrDefaultAsync(evt => evt.Id == eventId, stop);
        if (written is null || !written.MayBeEditedBy(actor.Viewer))
            return Refusal.NotFound;
        if (written.Status != EventStatus.Draft)
            return EventRefusals.NotADraft;
        if (ifRevision is { } known && known != written.Revision)
            return Refusal.Stale;

        var now = clock.GetCurrentInstant();
        filled.WriteInto(written, now);
        var changes = EventChanges.Of(db, written);
        written.Change(now);
        db.Record(now, actor.Id, EventActs.DraftEdited, written.Id, changes: changes);
        return written;
    }
}
