namespace DigiHub.Registrations;

/// <summary>The safety net, each minute: events with a free seat and somebody who waits. Its value is how many got a seat.</summary>
public sealed class PromoteFromWaitingList
{
    public Task<int> Run(CancellationToken stop) => throw new NotSupportedException();
}
