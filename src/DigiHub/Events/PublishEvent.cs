namespace DigiHub.Events;

/// <summary>Makes a draft public and takes its room.</summary>
public sealed class PublishEvent
{
    public Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
