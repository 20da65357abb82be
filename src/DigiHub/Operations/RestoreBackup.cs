using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Data.Backups;
using DigiHub.Members;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Operations;

/// <param name="At">When the backup was made: what happened later is gone.</param>
/// <param name="BackedUp">Where the database that was there before was saved; null if there was nothing to save.</param>
public sealed record RestoredHub(Instant At, string? BackedUp);

/// <summary>
/// Puts a backup in the place of the database, while nobody works on it. It is checked first and made ready beside the old one: all
/// sessions are over, and e-mails and webhooks rest until an administrator has seen what would leave (<see cref="ReleaseSending"/>). Then
/// the two are exchanged in one step, so that a process killed at any moment leaves either of them, whole.
/// </summary>
public sealed class RestoreBackup(BackupEngine engine, OpenBackup backups, IClock clock, ILogger<RestoreBackup> log)
{
    /// <param name="replaceInto">
    /// A folder where a database that is not empty is saved before it is replaced; null: such a one stays.
    /// </param>
    /// <returns>
    /// Refuses with database_in_use, database_not_empty and database_damaged, and as <see cref="VerifyBackup"/> does: nothing was changed.
    /// </returns>
    /// <exception cref="DatabaseOfAnotherVersionException">A newer program made the backup.</exception>
    /// <exception cref="MissingProgramException">pg_restore is not installed.</exception>
    public async Task<Outcome<RestoredHub>> Run(string path, string? replaceInto, CancellationToken stop)
    {
        bool isEmpty;
        try
        {
            isEmpty = await engine.IsEmpty(stop);
            if (!isEmpty && replaceInto is null)
                return NotEmpty;
            if (await engine.IsInUse(stop))
                return BackupEngine.InUse;
        }
        catch (Exception exception) when (DatabaseRefusals.IsNoDatabase(exception))
        {
            return Damaged;
        }

        var opened = await backups.Run(path, stop);
        if (!opened.IsDone)
            return opened.Refusal;
        await using var scratch = opened.Value.Scratch;
        var now = clock.GetCurrentInstant().InWholeMicroseconds();
        string? saved = null;
        if (!isEmpty)
        {
            saved = Path.Combine(Path.GetFullPath(replaceInto!), "replaced-" + MakeBackup.NameAt(now));
            var old = await engine.Save(saved, now, stop);
            if (!old.IsDone)
                return old.Refusal;
        }

        await MakeReady(scratch, opened.Value.MadeAt, Path.GetFullPath(path), now, stop);
        var replaced = await engine.Replace(scratch, stop);
        if (!replaced.IsDone)
            return replaced.Refusal;
        log.LogInformation("Restored {Path}; what was there is saved as {Saved}", path, saved);
        return new RestoredHub(opened.Value.MadeAt, saved);
    }

    private static async Task MakeReady(ScratchDatabase scratch, Instant madeAt, string file, Instant now, CancellationToken stop)
    {
        var note = await MakeBackup.Note(file, madeAt, stop);
        await using var db = scratch.Databases.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Sessions.ExecuteDeleteAsync(stop);
        // Links used since the backup would work a second time.
        await db.SignInLinks.ExecuteDeleteAsync(stop);
        await db.AddressChanges.ExecuteDeleteAsync(stop);
        (await db.HubStateToChange(stop)).Restored(now);
        note.Verified(now);
        db.Backups.Add(note);
        db.Record(now, actorId: null, OperationsActs.Restored, NodaTime.Text.InstantPattern.General.Format(madeAt));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private static Refusal NotEmpty { get; } = new("database_not_empty", new(
        "There is a hub in this database already. --replace saves it first and then puts the backup in its place.",
        "In dieser Datenbank ist schon ein Hub. --replace sichert ihn zuerst und setzt dann das Backup an seine Stelle."));

    private static Refusal Damaged { get; } = new("database_damaged", new(
        "The database that is there is damaged, so it cannot be saved first. Move its file away, then restore again.",
        "Die vorhandene Datenbank ist beschädigt und lässt sich deshalb nicht zuerst sichern. Verschieben Sie ihre Datei "
            + "und stellen Sie dann noch einmal wieder her.",
        "Die vorhandene Datenbank ist beschädigt und lässt sich deshalb nicht zuerst sichern. Verschiebe ihre Datei und stell dann noch "
            + "einmal wieder her."));
}
