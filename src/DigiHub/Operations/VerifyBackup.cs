using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Time;

namespace DigiHub.Operations;

/// <summary>
/// Finds out whether a backup is good by restoring it into a scratch database: every byte as it was written, the
/// engine's own check, as many rows in every table as when it was made, and what DigiHub promises
/// (<see cref="CheckInvariants"/>). Notes the answer in the database.
/// </summary>
public sealed class VerifyBackup(OpenBackup backups, UnitOfWork unitOfWork, IClock clock)
{
    /// <param name="isNoted">False where there is no hub to note it in, such as on another machine.</param>
    /// <returns>
    /// What the backup says of itself. Refuses with no_backup, backup_damaged, other_engine, backup_unsound and no_createdb.
    /// </returns>
    /// <exception cref="DatabaseOfAnotherVersionException">A newer program made it.</exception>
    /// <exception cref="MissingProgramException">pg_restore is not installed.</exception>
    public async Task<Outcome<BackupManifest>> Run(string path, bool isNoted, CancellationToken stop)
    {
        var opened = await backups.Run(path, stop);
        if (opened.IsDone)
            await opened.Value.Scratch.DisposeAsync();
        if (isNoted && (opened.IsDone || opened.Refusal.Code is "backup_damaged" or "backup_unsound"))
            await Note(Path.GetFullPath(path), opened, stop);
        return opened.IsDone ? opened.Value.Manifest : opened.Refusal;
    }

    private async Task Note(string file, Outcome<OpenedBackup> opened, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().InWholeMicroseconds();
        var (sum, named) = (await BackupFile.Sha256Of(file, stop), Backup.Named(file));
        await unitOfWork.Run<int>(async db =>
        {
            // Copied elsewhere it is the same one; damaged it is known by its name alone.
            var known = await db.Backups.OrderByDescending(backup => backup.At)
                .FirstOrDefaultAsync(backup => backup.Sha256 == sum || backup.File == named, stop);
            if (opened.IsDone && known is null)
                db.Backups.Add(known = await MakeBackup.Note(file, opened.Value.MadeAt, stop));
            if (opened.IsDone)
                known!.Verified(now);
            else
                known?.NotGood(opened.Refusal.Message.English);
            return 0;
        }, stop);
    }
}
