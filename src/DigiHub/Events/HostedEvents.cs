namespace DigiHub.Events;

/// <summary>The events somebody organises (administrators: all), drafts first, then by start, latest first; at most 200.</summary>
public sealed class HostedEvents
{
    public const int CountMax = 200;

    public Task<IReadOnlyList<EventCard>> Run(Guid actorId, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>One of them by id, with its reminder rules; null if there is none or it is not theirs.</summary>
    public Task<EventCard?> One(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
