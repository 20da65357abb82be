namespace DigiHub.Events;

/// <param name="Note">The organiser's words in the change notice, at most <see cref="ChangeNote.WordsMax"/>.</param>
public sealed record EditEventRequest(Guid EventId, EventDraft Draft, Guid ActorId, int? IfRevision = null, string? Note = null);

/// <param name="PeopleTold">How many will get a change notice; 0 if nothing they must know has changed.</param>
/// <param name="Promoted">How many came from the waiting list because there is more room now.</param>
public sealed record EventEdited(Event Event, int PeopleTold, int Promoted);

/// <summary>Changes a published event: its facts, its room and its reminders, all or nothing.</summary>
public sealed class EditEvent
{
    public Task<Outcome<EventEdited>> Run(EditEventRequest request, CancellationToken stop) => throw new NotSupportedException();
}
