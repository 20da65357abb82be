namespace DigiHub.Events;

/// <summary>Takes back the cancelling of an event within <see cref="CancelEvent.UndoWindow"/>.</summary>
public sealed class ReinstateEvent
{
    public Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
