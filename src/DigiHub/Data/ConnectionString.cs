using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Data;

/// <summary>The connection strings we really use: what the operator gave, with the settings the hub's promises rest on.</summary>
internal static class ConnectionString
{
    // Whoever waits longer than this for a lock is told to come back (55P03, retried by the UnitOfWork). And our questions are
    // answered by an index whatever is asked for: left to itself, PostgreSQL plans them anew each time, because it expects a
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
            // We leave nothing behind on a session (our locks end with their transaction), so seven statements of tidying
            // before each use would tidy nothing.
            NoResetOnClose = true,
        };
        builder.Options = string.IsNullOrEmpty(builder.Options) ? SessionSettings : $"{builder.Options} {SessionSettings}";
        return builder.ConnectionString;
    }

    // Opens what is there: only Migrating makes a database, so that a command in the wrong folder does not leave one behind.
    public static string ForSqlite(DataOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.SqliteFile,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = 5,
    }.ConnectionString;
}
