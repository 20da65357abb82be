using Microsoft.Data.Sqlite;
using Npgsql;

namespace DigiHub.Data;

/// <summary>The meaning of a database error, the same for both engines.</summary>
public enum DatabaseRefusal
{
    /// <summary>Not a refusal: a bug or a broken environment.</summary>
    None,

    /// <summary>The constraint against overlapping claims.</summary>
    Overlap,

    /// <summary>A unique key.</summary>
    Duplicate,

    /// <summary>A check or foreign key.</summary>
    Check,

    /// <summary>Deadlock, serialization failure, lock time-out or a busy file: the same act may go through in a moment.</summary>
    Retry,
}

public static class DatabaseRefusals
{
    /// <summary>The message with which SQLite's overlap trigger aborts; DataSetup writes the trigger.</summary>
    internal const string SqliteOverlap = "claims_overlap";
    internal const string SqliteTooLong = "claims_within_a_day";

    public static DatabaseRefusal Of(Exception? exception) => exception switch
    {
        null => DatabaseRefusal.None,
        // Another transaction changed or deleted a row after this one had read it: a retry reads the current state.
        DbUpdateConcurrencyException => DatabaseRefusal.Retry,
        GroupLostException { IsWorthATry: true } => DatabaseRefusal.Retry,
        PostgresException postgres => Of(postgres.SqlState),
        SqliteException sqlite => Of(sqlite),
        _ => Of(exception.InnerException),
    };

    /// <summary>True when the database cannot be reached, or cannot write just now: down, restarting, full, out of connections.</summary>
    public static bool IsOutOfReach(Exception? exception) => exception switch
    {
        null => false,
        NpgsqlException { IsTransient: true } => true,
        // Full, input/output error, cannot open, read-only: https://www.sqlite.org/rescode.html
        SqliteException { SqliteErrorCode: 13 or 10 or 14 or 8 } => true,
        _ => IsOutOfReach(exception.InnerException),
    };

    /// <summary>True for a file that is no database, or a broken one.</summary>
    public static bool IsNoDatabase(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: 26 or 11 } => true,
        _ => IsNoDatabase(exception.InnerException),
    };

    private static DatabaseRefusal Of(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.ExclusionViolation => DatabaseRefusal.Overlap,
        PostgresErrorCodes.UniqueViolation => DatabaseRefusal.Duplicate,
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation => DatabaseRefusal.Check,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable => DatabaseRefusal.Retry,
        _ => DatabaseRefusal.None,
    };

    // https://www.sqlite.org/rescode.html
    private static DatabaseRefusal Of(SqliteException sqlite) => (sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode) switch
    {
        (5 or 6, _) => DatabaseRefusal.Retry,
        (_, 1811) when sqlite.Message.Contains(SqliteOverlap, StringComparison.Ordinal) => DatabaseRefusal.Overlap,
        (_, 1811) when sqlite.Message.Contains(SqliteTooLong, StringComparison.Ordinal) => DatabaseRefusal.Check,
        (_, 2067 or 1555) => DatabaseRefusal.Duplicate,
        (_, 275 or 787) => DatabaseRefusal.Check,
        _ => DatabaseRefusal.None,
    };
}
