namespace DigiHub.Registrations;

/// <summary>Takes back a cancelling within its undo window: the same seat if it is still free, else the end of the waiting list.</summary>
public sealed class ReinstateRegistration
{
    public Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();

    public Task<Outcome<Registration>> ByLink(string seal, CancellationToken stop) => throw new NotSupportedException();
}
