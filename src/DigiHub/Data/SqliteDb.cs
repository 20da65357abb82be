using DigiHub.Data.Conversions;

namespace DigiHub.Data;

/// <summary>The hub on SQLite, in one file: the embedded default, for one process and one machine.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HubDb(options)
{
    public override string SkippingTakenRows => "";

    public override object InSql(Instant instant) => SqliteTimes.Microseconds(instant);

    // BEGIN IMMEDIATE has already given this transaction the only lock there is.
    public override Task AcquireLocks(IEnumerable<LockKey> turns, CancellationToken stop, LockKey? shared = null)
    {
        RequireTransaction();
        return Task.CompletedTask;
    }

    public override Task AcquireSharedLock(LockKey turn, CancellationToken stop) => AcquireLocks([turn], stop);

    // A SQLite row number follows the greatest one there is.
    public override Task ContinueNumbers(CancellationToken stop) => Task.CompletedTask;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        SqliteTimes.Configure(configurationBuilder);
    }
}
