using DigiHub.Data.Conversions;
using Microsoft.Data.Sqlite;

namespace DigiHub.Data;

/// <summary>The hub on SQLite, in one file: the embedded default, for one process and one machine.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HubDb(options)
{
    private const int TriesMax = 10;

    public override string SkippingTakenRows => "";

    public override object InSql(Instant instant) => SqliteTimes.Microseconds(instant);

    // BEGIN IMMEDIATE has already given this transaction the only lock there is.
    public override Task AcquireLocks(IEnumerable<LockKey> turns, CancellationToken stop, LockKey? shared = null)
    {
        RequireTransaction();
        return Clock is not null && LockKey.Units(turns).Length > 0
            ? Database.ExecuteSqlRawAsync($"{DeleteLapsedClaims}{{0}}", [InSql(Clock.GetCurrentInstant())], stop)
            : Task.CompletedTask;
    }

    public override Task AcquireSharedLock(LockKey turn, CancellationToken stop) => AcquireLocks([turn], stop);

    // A SQLite row number follows the greatest one there is.
    public override Task ContinueNumbers(CancellationToken stop) => Task.CompletedTask;

    // The file is written again and the log emptied. PRAGMA secure_delete would not do: it overwrites what is deleted, but not what stays
    // behind where rows have moved to another page.
    public override async Task DropFreed(CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Database.ExecuteSqlRawAsync("VACUUM", stop);
                await Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", stop);
                return;
            }
            catch (SqliteException exception) when (attempt < TriesMax && DatabaseRefusals.Of(exception) == DatabaseRefusal.Retry)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop); // somebody is writing
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        SqliteTimes.Configure(configurationBuilder);
    }
}
