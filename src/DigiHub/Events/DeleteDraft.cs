namespace DigiHub.Events;

/// <summary>Throws a draft away; its value is the id that is gone.</summary>
public sealed class DeleteDraft
{
    public Task<Outcome<Guid>> Run(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
