namespace DigiHub.Registrations;

/// <summary>A registration by the sealed link of a letter or the code of a ticket, without signing in; null for a wrong seal.</summary>
public sealed class RegistrationByLink
{
    public Task<HeldRegistration?> Run(string seal, CancellationToken stop) => throw new NotSupportedException();

    public Task<HeldRegistration?> Ticket(string code, CancellationToken stop) => throw new NotSupportedException();

    public Task<HeldRegistration?> Unsubscribe(string seal, CancellationToken stop) => throw new NotSupportedException();
}
