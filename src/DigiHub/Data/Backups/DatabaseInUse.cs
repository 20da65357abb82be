namespace DigiHub.Data.Backups;

/// <summary>
/// The mark of a process that serves a SQLite hub: a lock that the system releases when the process ends, however it ends. Several may hold
/// it; a restore wants it alone. PostgreSQL itself knows who is connected.
/// </summary>
public sealed class DatabaseInUse(DataOptions options) : IDisposable
{
    private FileStream? held;

    /// <summary>Until the program ends. Waits for nobody.</summary>
    /// <exception cref="TimeoutException">The database is just being restored.</exception>
    public void Hold()
    {
        if (options.IsPostgres)
            return;
        try
        {
            held ??= new FileStream(PathOf(options), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (IOException taken) when (Migrating.IsTaken(taken))
        {
            throw new TimeoutException("The database is being restored just now.", taken);
        }
    }

    public void Dispose() => held?.Dispose();

    /// <summary>Nobody can hold it until this is disposed; null while somebody does.</summary>
    internal static IDisposable? Alone(DataOptions options)
    {
        try
        {
            return new FileStream(PathOf(options), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (Migrating.IsTaken(taken))
        {
            return null;
        }
    }

    private static string PathOf(DataOptions options) => options.SqliteFile + ".in-use";
}
