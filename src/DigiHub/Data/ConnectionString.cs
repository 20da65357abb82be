using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Data;

/// <summary>The effective connection strings: the operator's, with the settings that the hub requires.</summary>
internal static class ConnectionString
{
    // A longer wait for a lock fails with 55P03 and is retried by the UnitOfWork. And the queries are
    // answered by an index whatever the parameters: by default PostgreSQL plans them each time, because it expects a
    // range between two unknown moments to hold half a percent of the table, and the planning costs more than the answer.
    private const string SessionSettings = "-c lock_timeout=3000 -c plan_cache_mode=force_generic_plan";

    /// <exception cref="ArgumentException">The operator's string is malformed; the message names the keyword.</exception>
    public static string ForPostgres(DataOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.Postgres)
        {
            MaxPoolSize = options.PoolMax,
            // Plans of our few statements are kept by the server; parsing them each time costs as much as running them.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            // Sessions keep no state (locks end with their transaction), so the seven statements that reset them
            // before each use are unnecessary.
            NoResetOnClose = true,
        };
        if (!options.Pooling)
            builder.Pooling = false;
        builder.Options = string.IsNullOrEmpty(builder.Options) ? SessionSettings : $"{builder.Options} {SessionSettings}";
        return builder.ConnectionString;
    }

    // Never creates the file: only Migrating does, so that a command in the wrong folder leaves none behind.
    public static string ForSqlite(DataOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.SqliteFile,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = 5,
        Pooling = options.Pooling,
    }.ConnectionString;
}
