namespace DigiHub.Registrations;

/// <summary>Takes back a check-in made in error.</summary>
public sealed class UndoCheckIn
{
    public Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
