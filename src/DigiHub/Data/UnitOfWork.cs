using Microsoft.Extensions.Logging;

namespace DigiHub.Data;

/// <summary>
/// The only way to write: opens the transaction, runs the work, and commits once. A refusal rolls back everything it did. Writers queue
/// here, fairly: on SQLite because the file takes one at a time (<see cref="GroupCommit"/>), on PostgreSQL so that a crowd before one event
/// leaves connections for everybody who only reads.
/// </summary>
public sealed class UnitOfWork(
    HubDbFactory databases, DataOptions options, IJobSignal signal,
    IEnumerable<IBeforeCommit> beforeCommit, IEnumerable<ILiveSignal> live, IClock clock, ILogger<UnitOfWork> log) : IDisposable
{
    private const int TriesMax = 4;
    private static readonly TimeSpan noteMax = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan queueMax = TimeSpan.FromSeconds(25); // just below the time a request has

    private readonly SemaphoreSlim gate = new(Math.Max(1, options.PoolMax * 3 / 4)); // of PostgreSQL's connections
    private readonly GroupCommit group = new(databases);

    private long writes;
    private long catalogueWrites;

    /// <summary>
    /// How many writes this process has committed: while it stays the same, this process has changed nothing that was read before.
    /// </summary>
    public long Writes => Interlocked.Read(ref writes);

    /// <summary>The same of writes that changed the catalogue.</summary>
    public long CatalogueWrites => Interlocked.Read(ref catalogueWrites);

    /// <summary>
    /// Runs the work in a transaction on a fresh context; saves and commits when it is done. The work may run up to four
    /// times, so it must not touch anything but its context. Refuses with "busy" when the database stays too busy, and with
    /// "slot_taken" when the overlap constraint finds an overlap that the work did not see.
    /// </summary>
    /// <param name="along">Written in the same transaction when the work is done; null for nothing.</param>
    public async Task<Outcome<T>> Run<T>(Func<HubDb, Task<Outcome<T>>> work, CancellationToken stop, Alongside<T>? along = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnce(work, along, stop);
            }
            catch (Exception exception) when (DatabaseRefusals.Of(exception) is not DatabaseRefusal.None and var refusal)
            {
                if (refusal == DatabaseRefusal.Overlap)
                    return SlotTaken;
                if (refusal != DatabaseRefusal.Retry)
                    throw;
                if (attempt == TriesMax)
                {
                    log.LogWarning(exception, "Gave up a write after {Tries} tries: the database is too busy", TriesMax);
                    return Refusal.Busy;
                }
            }

            await Task.Delay(Random.Shared.Next(5, 40) * attempt, stop);
        }
    }

    /// <summary>
    /// Writes something that is nice to know and no more (when somebody was last seen): given up after half a second or when
    /// the database cannot write, so that reading never waits for it.
    /// </summary>
    public async Task Note(Func<HubDb, CancellationToken, Task<int>> write, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(noteMax);
        try
        {
            await Run<int>(async db => await write(db, patience.Token), patience.Token);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested
            && exception is OperationCanceledException or System.Data.Common.DbException or DbUpdateException)
        {
            log.LogInformation("Skipped an optional write: {Why}", exception.GetType().Name);
        }
    }

    /// <summary>For a race lost just now; ClaimSpace says it differently for older claims.</summary>
    public static Refusal SlotTaken { get; } = new("slot_taken", new(
        "Someone else has just taken that. Choose another time, desk or room.",
        "Das hat gerade jemand anderes gebucht. Wählen Sie eine andere Zeit, einen anderen Platz oder Raum.",
        "Das hat gerade jemand anderes gebucht. Wähle eine andere Zeit, einen anderen Platz oder Raum."));

    public void Dispose()
    {
        gate.Dispose();
        group.Dispose();
    }

    private async Task<Outcome<T>> RunOnce<T>(Func<HubDb, Task<Outcome<T>>> work, Alongside<T>? along, CancellationToken stop)
    {
        var (leavesWork, changesCatalogue) = (false, false);
        IReadOnlyList<ShownAt> shown = [];
        var outcome = options.IsPostgres ? await Alone(Act, stop) : await group.Run(Act, queueMax, stop);
        if (!outcome.IsDone)
            return outcome;

        Interlocked.Increment(ref writes);
        if (changesCatalogue)
            Interlocked.Increment(ref catalogueWrites);
        if (leavesWork)
            signal.Signal();
        if (shown.Count > 0 || changesCatalogue)
        {
            foreach (var one in live)
                one.Signal(shown, changesCatalogue);
        }

        return outcome;

        async Task<Outcome<T>> Act(HubDb db)
        {
            // Contexts are used again; resets the last user's values.
            (db.LeavesWork, db.ChangesCatalogue, db.Clock) = (false, false, clock);
            db.Shown.Clear();
            var decided = await work(db);
            if (!decided.IsDone)
                return decided;

            foreach (var last in beforeCommit)
                await last.Look(db, stop);
            if (along is not null)
                await along(db, decided.Value, stop);
            await db.SaveChangesAsync(stop);
            (leavesWork, changesCatalogue) = (db.LeavesWork, db.ChangesCatalogue);
            if (db.Shown.Count > 0)
                shown = [.. db.Shown.Distinct()];
            return decided;
        }
    }

    /// <summary>On PostgreSQL each write has its own transaction: the server gathers their waits for the disk itself.</summary>
    private async Task<Outcome<T>> Alone<T>(Func<HubDb, Task<Outcome<T>>> act, CancellationToken stop)
    {
        await using var db = databases.Open();
        // A failed save ends the whole transaction, so savepoints would be two useless round trips.
        db.Database.AutoSavepointsEnabled = false;
        if (!await gate.WaitAsync(queueMax, stop))
            return Refusal.Busy;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            var outcome = await act(db);
            if (outcome.IsDone)
                await transaction.CommitAsync(CancellationToken.None); // a cancelled request must not abort the commit
            return outcome;
        }
        finally
        {
            gate.Release();
        }
    }
}
