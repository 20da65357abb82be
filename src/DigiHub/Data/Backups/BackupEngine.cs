namespace DigiHub.Data.Backups;

/// <param name="Migration">The newest; empty for a database that has none.</param>
/// <param name="Rows">Of every table, counted in the moment that was saved.</param>
public sealed record DumpedDatabase(string Migration, IReadOnlyDictionary<string, long> Rows);

/// <summary>What backups need of an engine: a copy of one moment, a scratch database made of it, and the exchange of the two.</summary>
public abstract class BackupEngine
{
    private const string DumpEnding = ".database";

    /// <summary>As manifests name it.</summary>
    public abstract string Key { get; }

    /// <summary>As people know it.</summary>
    public abstract string Title { get; }

    /// <summary>Of the database's file in the backup.</summary>
    internal abstract string PayloadFile { get; }

    public static BackupEngine Of(DataOptions options) => options.IsPostgres ? new PostgresBackups(options) : new SqliteBackups(options);

    /// <summary>Writes one moment of the database to a new file while everybody else goes on.</summary>
    /// <exception cref="MissingProgramException">A program it needs is not installed.</exception>
    internal abstract Task<DumpedDatabase> Dump(string payload, CancellationToken stop);

    /// <summary>Writes one moment of the database to a backup of this name. Refuses with file_exists.</summary>
    /// <exception cref="MissingProgramException">A program it needs is not installed.</exception>
    internal async Task<Outcome<BackupManifest>> Save(string path, Instant at, CancellationToken stop)
    {
        if (File.Exists(path))
            return FileExists;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        LeftOver.Sweep(folder, $"*{BackupFile.Ending}{DumpEnding}", at);
        LeftOver.Sweep(folder, $"*{BackupFile.Ending}{BackupFile.PartEnding}", at);
        var payload = path + DumpEnding;
        File.Delete(payload); // of one that was killed
        try
        {
            var dumped = await Dump(payload, stop);
            var manifest = new BackupManifest(
                BackupManifest.FormatNow, NodaTime.Text.InstantPattern.General.Format(at),
                BackupManifest.VersionNow, Key, dumped.Migration,
                await BackupFile.Sha256Of(payload, stop), new FileInfo(payload).Length, dumped.Rows);
            await BackupFile.Write(path, manifest, payload, PayloadFile, stop);
            return manifest;
        }
        finally
        {
            File.Delete(payload);
        }
    }

    /// <summary>A name for what is unpacked or dumped on the way; nobody else uses it.</summary>
    internal abstract string NewPayload(Instant now);

    /// <summary>A database of its own with the content of the file, which belongs to it from then on. Refuses with no_createdb.</summary>
    /// <exception cref="MissingProgramException">A program it needs is not installed.</exception>
    internal abstract Task<Outcome<ScratchDatabase>> Restore(string payload, Instant now, CancellationToken stop);

    /// <summary>Of every table of a database.</summary>
    internal abstract Task<IReadOnlyDictionary<string, long>> Rows(DataOptions database, CancellationToken stop);

    /// <summary>Null for a database whose pages and foreign keys are sound; else what its engine says.</summary>
    internal abstract Task<string?> WhyBroken(DataOptions database, CancellationToken stop);

    /// <summary>Whether nothing would be lost: it is not there, or nobody has set anything up in it.</summary>
    internal abstract Task<bool> IsEmpty(CancellationToken stop);

    /// <summary>Whether a process works on it.</summary>
    internal abstract Task<bool> IsInUse(CancellationToken stop);

    /// <summary>
    /// Puts the scratch database in the place of the hub's: at each moment one of the two is there, whole. Refuses with database_in_use.
    /// </summary>
    internal abstract Task<Outcome<bool>> Replace(ScratchDatabase scratch, CancellationToken stop);

    internal static Refusal InUse { get; } = new("database_in_use", new(
        "The database is in use. Stop the hub, all its processes, and everything else that is connected, then try again. "
            + "Nothing was changed.",
        "Die Datenbank wird gerade benutzt. Beenden Sie den Hub mit allen Prozessen und alles, was sonst verbunden ist, "
            + "und versuchen Sie es dann noch einmal. Es wurde nichts geändert.",
        "Die Datenbank wird gerade benutzt. Beende den Hub mit allen Prozessen und alles, was sonst verbunden ist, und versuch es dann "
            + "noch einmal. Es wurde nichts geändert."));

    private static Refusal FileExists { get; } = new("file_exists", new(
        "There is a file of this name already. Choose another name, or a folder.",
        "Eine Datei dieses Namens gibt es schon. Wählen Sie einen anderen Namen oder einen Ordner.",
        "Eine Datei dieses Namens gibt es schon. Wähle einen anderen Namen oder einen Ordner."));

    /// <summary>Tables in which somebody has set something up as soon as they have a row; a new hub has none in them.</summary>
    protected static string[] Telling { get; } = ["members", "sites", "bookings", "activity"];
}

/// <summary>A database beside the hub's, for one check or one restore.</summary>
internal sealed class ScratchDatabase(DataOptions options, Func<Task> drop) : IAsyncDisposable
{
    private bool isKept;

    public DataOptions Options => options;

    public HubDbFactory Databases { get; } = DataSetup.FactoryOf(options);

    /// <summary>It is the hub's now: nothing is dropped.</summary>
    public void Keep() => isKept = true;

    public async ValueTask DisposeAsync()
    {
        if (!isKept)
            await drop();
    }
}

/// <summary>A program of the system that is not installed.</summary>
public sealed class MissingProgramException(string message, Exception? inner = null) : Exception(message, inner);
