namespace DigiHub.Events;

/// <summary>A new draft like an event, a week later unless told otherwise; registrations and letters are never copied.</summary>
public sealed class DuplicateEvent
{
    public Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
