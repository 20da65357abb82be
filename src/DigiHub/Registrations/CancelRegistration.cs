namespace DigiHub.Registrations;

/// <summary>Gives a seat back, or leaves the waiting list. What was cancelled already stays so: no refusal.</summary>
public sealed class CancelRegistration
{
    /// <summary>How long the person may take it back; only then their letter leaves.</summary>
    public static readonly Duration UndoWindow = Duration.FromSeconds(10);

    /// <summary>By the member themselves, the organiser, the front desk or an administrator.</summary>
    public Task<Outcome<Registration>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>By the sealed link of a letter, without signing in.</summary>
    public Task<Outcome<Registration>> ByLink(string seal, CancellationToken stop) => throw new NotSupportedException();
}
