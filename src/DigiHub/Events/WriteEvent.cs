using DigiHub.Data;

namespace DigiHub.Events;

/// <param name="EventId">Null for a new event.</param>
/// <param name="IfRevision">Refuses with "stale" if the event has another by now; null: whatever it has.</param>
public sealed record WriteEventRequest(Guid? EventId, EventDraft Draft, Guid ActorId, int? IfRevision = null);

/// <summary>Writes a draft or writes it anew. Only organisers, their own events; administrators any.</summary>
public sealed class WriteEvent
{
    public Task<Outcome<Event>> Run(WriteEventRequest request, CancellationToken stop) => throw new NotSupportedException();
}
