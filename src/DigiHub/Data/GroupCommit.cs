using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore.Storage;

namespace DigiHub.Data;

/// <summary>
/// SQLite takes one writer at a time, and each commit waits for the disk. Writes that wait for their turn join the transaction that is
/// open, one after another, each behind a savepoint: it keeps its own outcome, and a refusal or an exception takes back its own rows alone.
/// The write that opened the transaction commits it, behind all that were waiting by then. None returns before that commit.
/// </summary>
internal sealed class GroupCommit(HubDbFactory databases) : IDisposable
{
    // Async waiters of a SemaphoreSlim are served in their order, so the commit comes after those who were
    // there before it, and a group is bounded.
    private readonly SemaphoreSlim turn = new(1);
    private Group? open; // touched by who has the turn, alone

    /// <param name="act">Decides and saves; it may run on any context, and must not keep it.</param>
    /// <param name="patience">How long to wait for the turn; then the answer is "busy".</param>
    /// <exception cref="GroupLostException">
    /// The transaction broke under another write, or could not be committed: nothing of it stands.
    /// </exception>
    public async Task<Outcome<T>> Run<T>(Func<HubDb, Task<Outcome<T>>> act, TimeSpan patience, CancellationToken stop)
    {
        if (!await turn.WaitAsync(patience, stop))
            return Refusal.Busy;

        Group group;
        bool opensIt;
        Outcome<T> outcome = default;
        ExceptionDispatchInfo? failure = null;
        try
        {
            opensIt = open is null;
            group = open ??= await Group.Open(databases, stop);
            try
            {
                outcome = await group.Run(act);
            }
#pragma warning disable CA1031 // rethrown to the one it belongs to, once the group is committed
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            if (group.IsLost)
                open = null;
        }
        finally
        {
            turn.Release();
        }

        if (opensIt)
            await Commit(group);
        await group.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        failure?.Throw(); // its own reason says more than that the group is lost
        await group.Ended;
        return outcome;
    }

    public void Dispose() => turn.Dispose();

    private async Task Commit(Group group)
    {
        await turn.WaitAsync(CancellationToken.None); // the others count on it
        try
        {
            if (open == group)
                open = null;
            await group.Commit();
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed class Group(HubDb db, IDbContextTransaction transaction)
    {
        private const string Savepoint = "act";

        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private bool hasRows;

        /// <summary>Ends with the commit; fails with <see cref="GroupLostException"/>.</summary>
        public Task Ended => ended.Task;

        public bool IsLost => ended.Task.IsFaulted;

        public static async Task<Group> Open(HubDbFactory databases, CancellationToken stop)
        {
            var db = databases.Open();
            try
            {
                db.Database.AutoSavepointsEnabled = false; // ours is there
                return new Group(db, await db.Database.BeginTransactionAsync(stop));
            }
            catch
            {
                await db.DisposeAsync();
                throw;
            }
        }

        public async Task<Outcome<T>> Run<T>(Func<HubDb, Task<Outcome<T>>> act)
        {
            db.ChangeTracker.Clear();
            var isDone = false;
            try
            {
                await transaction.CreateSavepointAsync(Savepoint);
                var outcome = await act(db);
                hasRows |= isDone = outcome.IsDone;
                return outcome;
            }
            finally
            {
                await End(isDone);
            }
        }

        public async Task Commit()
        {
            if (IsLost)
                return;
            try
            {
                if (hasRows)
                    await transaction.CommitAsync(CancellationToken.None); // once decided, a hang-up of a caller changes nothing
            }
#pragma warning disable CA1031 // whatever it is, those who wait for the end must hear of it
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await Lose(new GroupLostException(exception, isWorthATry: false));
                return;
            }

            try
            {
                await Close();
            }
            finally
            {
                ended.SetResult(); // it stands, however the closing went
            }
        }

        private async Task End(bool isDone)
        {
            try
            {
                if (!isDone)
                    await transaction.RollbackToSavepointAsync(Savepoint);
                await transaction.ReleaseSavepointAsync(Savepoint);
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException)
            {
                // A full disk, say, has ended the whole transaction. It is that write's failure; the others did nothing wrong.
                await Lose(new GroupLostException(exception, isWorthATry: true));
            }
        }

        private async Task Lose(GroupLostException exception)
        {
            try
            {
                await Close();
            }
            finally
            {
                ended.SetException(exception);
                _ = ended.Task.Exception; // seen, even if nobody waits for it
            }
        }

        private async Task Close()
        {
            await transaction.DisposeAsync();
            await db.DisposeAsync();
        }
    }
}

/// <summary>The transaction of a group of writes broke before its commit: nothing of it stands.</summary>
/// <param name="isWorthATry">Another write broke it: the same act may go through in the next group.</param>
internal sealed class GroupLostException(Exception cause, bool isWorthATry) : Exception("The shared transaction was not committed.", cause)
{
    public bool IsWorthATry { get; } = isWorthATry;
}
