namespace DigiHub.Web.Security;

/// <summary>
/// Limits concurrency fairly: the others wait, and one caller never blocks another: each has all places but
/// one at most, and waiting callers are served in turn. Refuses at once when too many wait.
/// </summary>
/// <param name="places">How many at the same time.</param>
public sealed class FairQueue(int places)
{
    /// <summary>Waiting for one account from one caller: the person, and a repeated click.</summary>
    public const int WaitingPerAccountMax = 2;

    /// <summary>Waiting from one caller: colleagues behind one network address on a Monday morning.</summary>
    public const int WaitingPerCallerMax = 8;

    public const int WaitingMax = 64;

    private readonly Lock gate = new();
    private readonly List<Waiter> waiting = [];
    private readonly Dictionary<string, int> running = new(StringComparer.Ordinal);
    private readonly int placesPerCaller = Math.Max(1, places - 1);
    private int free = places;
    private string lastCaller = "";

    private sealed record Waiter(string Caller, string Account)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>True when a place is free; the caller must call <see cref="Leave"/> afterwards. False: too many wait already.</summary>
    /// <exception cref="OperationCanceledException">Gave up waiting.</exception>
    public async Task<bool> Enter(string caller, string account, CancellationToken stop)
    {
        var waiter = new Waiter(caller, account);
        lock (gate)
        {
            if (HasPlace(caller))
            {
                Seat(caller);
                return true;
            }

            if (waiting.Count >= WaitingMax || waiting.Count(one => one.Caller == caller) >= WaitingPerCallerMax
                || waiting.Count(one => one.Caller == caller && one.Account == account) >= WaitingPerAccountMax)
                return false;
            waiting.Add(waiter);
        }

        await using var givingUp = stop.Register(() => GiveUp(waiter, stop));
        await waiter.Turn.Task;
        return true;
    }

    public void Leave(string caller)
    {
        lock (gate)
        {
            free++;
            if (--running[caller] == 0)
                running.Remove(caller);
            while ((waiting.Find(one => one.Caller != lastCaller && HasPlace(one.Caller))
                ?? waiting.Find(one => HasPlace(one.Caller))) is { } next)
            {
                waiting.Remove(next);
                Seat(next.Caller);
                next.Turn.TrySetResult();
            }
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken stop)
    {
        lock (gate)
        {
            if (waiting.Remove(waiter))
                waiter.Turn.TrySetCanceled(stop);
        }
    }

    private bool HasPlace(string caller) => free > 0 && running.GetValueOrDefault(caller) < placesPerCaller;

    private void Seat(string caller)
    {
        free--;
        running[caller] = running.GetValueOrDefault(caller) + 1;
        lastCaller = caller;
    }
}
