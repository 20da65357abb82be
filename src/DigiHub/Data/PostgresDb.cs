namespace DigiHub.Data;

/// <summary>The hub on PostgreSQL 15 or later: what a real hub runs on.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : HubDb(options)
{
    public override string SkippingTakenRows => "FOR UPDATE SKIP LOCKED";

    // Advisory locks are waited for at most lock_timeout (set on the connection), then 55P03 asks for another try.
    public override async Task AcquireLocks(IEnumerable<LockKey> turns, CancellationToken stop, LockKey? shared = null)
    {
        RequireTransaction();
        var ordered = turns.Distinct().OrderBy(turn => turn.Kind).ThenBy(turn => turn.Key).ToArray();
        if (shared is not null)
            ordered = [shared, .. ordered];
        if (ordered.Length == 0)
            return;

        // A select list is evaluated left to right, so the locks are taken in this order in one round trip.
        var sql = "SELECT " + string.Join(", ", ordered.Select((turn, i) =>
            $"pg_advisory_xact_lock{(ReferenceEquals(turn, shared) ? "_shared" : "")}({{{2 * i}}}, {{{2 * i + 1}}})"));
        List<object> values = [.. ordered.SelectMany(turn => new object[] { turn.Kind, turn.Key })];
        if (Clock is not null && LockKey.Units(ordered) is { Length: > 0 } units)
        {
            // A statement of its own sees what was committed while it waited for the locks.
            sql += $"; {DeleteLapsedClaims}{{{values.Count}}} AND unit_id = ANY ({{{values.Count + 1}}})";
            values.AddRange([Clock.GetCurrentInstant(), units]);
        }

        await Database.ExecuteSqlRawAsync(sql, values, stop);
    }

    public override Task AcquireSharedLock(LockKey turn, CancellationToken stop) => AcquireLocks([], stop, turn);

    public override async Task ContinueNumbers(CancellationToken stop)
    {
        var tables = Model.GetEntityTypes()
            .Where(entity => entity.FindPrimaryKey()!.Properties is [{ ClrType: var type, Name: "Id" }] && type == typeof(int))
            .Select(entity => entity.GetTableName()!);
        foreach (var table in tables)
        {
            var sql = $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(1, (SELECT max(id) FROM {table})))";
            await Database.ExecuteSqlRawAsync(sql, stop);
        }
    }
}
