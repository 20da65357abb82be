using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Time;

namespace DigiHub.Operations;

/// <summary>
/// Saves one moment of the database as a file while everybody goes on booking, and notes it in the database. It counts as good only once
/// <see cref="VerifyBackup"/> has restored it.
/// </summary>
public sealed class MakeBackup(BackupEngine engine, UnitOfWork unitOfWork, IClock clock)
{
    /// <param name="path">The file to write, or a folder that is there, for one named after the time.</param>
    /// <returns>The note. Refuses with file_exists, and with busy where the note cannot be written; the file is there then.</returns>
    /// <exception cref="MissingProgramException">pg_dump is not installed.</exception>
    public async Task<Outcome<Backup>> Run(string path, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var file = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, NameAt(now)) : path);
        var saved = await engine.Save(file, now, stop);
        if (!saved.IsDone)
            return saved.Refusal;
        var note = await Note(file, now, stop);
        return await unitOfWork.Run<Backup>(async db =>
        {
            db.Backups.Add(note);
            var old = await db.Backups.OrderByDescending(backup => backup.At).Skip(Backup.KeptMax).Select(backup => backup.Id)
                .Take(100).ToListAsync(stop);
            await db.Backups.Where(backup => old.Contains(backup.Id)).ExecuteDeleteAsync(stop);
            return note;
        }, stop);
    }

    /// <summary>"digihub-20261123-0800.tar", in UTC.</summary>
    public static string NameAt(Instant now) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"digihub-{now.InUtc():uuuuMMdd-HHmmss}{BackupFile.Ending}");

    internal static async Task<Backup> Note(string file, Instant at, CancellationToken stop) => new()
    {
        Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
        At = at.InWholeMicroseconds(),
        File = Backup.Named(file),
        Bytes = new FileInfo(file).Length,
        Sha256 = await BackupFile.Sha256Of(file, stop),
    };
}
