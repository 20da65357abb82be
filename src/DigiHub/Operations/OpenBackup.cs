using DigiHub.Data;
using DigiHub.Data.Backups;
using Microsoft.Extensions.Logging;

namespace DigiHub.Operations;

/// <summary>
/// Restores a backup into a scratch database and looks whether it is what was saved, and sound: for a check, and before every restore.
/// </summary>
public sealed class OpenBackup(BackupEngine engine, IClock clock, ILogger<Migrating> log)
{
    /// <summary>
    /// In this version's shape; the caller disposes of it. Refuses with no_backup, backup_damaged, other_engine, backup_unsound and
    /// no_createdb.
    /// </summary>
    /// <exception cref="DatabaseOfAnotherVersionException">A newer program made it.</exception>
    /// <exception cref="MissingProgramException">pg_restore is not installed.</exception>
    internal async Task<Outcome<OpenedBackup>> Run(string path, CancellationToken stop)
    {
        if (!File.Exists(path))
            return NoBackup;
        var now = clock.GetCurrentInstant();
        var payload = engine.NewPayload(now);
        var unpacked = await BackupFile.Unpack(path, payload, stop);
        if (!unpacked.IsDone)
            return unpacked.Refusal;
        var manifest = unpacked.Value;
        if (!string.Equals(manifest.Engine, engine.Key, StringComparison.Ordinal))
        {
            File.Delete(payload);
            return OtherEngine(engine.Title);
        }

        var restored = await engine.Restore(payload, now, stop);
        if (!restored.IsDone)
            return restored.Refusal;
        var scratch = restored.Value;
        try
        {
            if (await WhyUnsound(scratch, manifest, stop) is not { } why)
                return new OpenedBackup(scratch, manifest);
            await scratch.DisposeAsync();
            return Unsound(why);
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    private async Task<string?> WhyUnsound(ScratchDatabase scratch, BackupManifest manifest, CancellationToken stop)
    {
        if (await engine.WhyBroken(scratch.Options, stop) is { } broken)
            return broken;
        var rows = await engine.Rows(scratch.Options, stop);
        var differing = manifest.Rows.Keys.Union(rows.Keys).Where(table =>
            !manifest.Rows.TryGetValue(table, out var then) || !rows.TryGetValue(table, out var now) || then != now);
        if (differing.FirstOrDefault() is { } table)
            return $"the table {table} has {rows.GetValueOrDefault(table)} rows instead of {manifest.Rows.GetValueOrDefault(table)}";

        try
        {
            await new Migrating(scratch.Databases, scratch.Options, log).Run(stop);
        }
        catch (System.Data.Common.DbException exception)
            when (DatabaseRefusals.Of(exception) is DatabaseRefusal.Overlap or DatabaseRefusal.Duplicate or DatabaseRefusal.Check)
        {
            return exception.Message; // a constraint that was missing cannot be put in place
        }

        await using var db = scratch.Databases.Open();
        var violations = await CheckInvariants.Run(db, stop);
        return violations.Count == 0 ? null : string.Join("; ", violations);
    }

    private static Refusal NoBackup { get; } = new("no_backup", new("There is no such file.", "Diese Datei gibt es nicht."));

    private static Refusal OtherEngine(string title) => new("other_engine", new(
        $"This backup is of another engine, and the hub is set to {title}. Check DigiHub:Database:Postgres.",
        $"Dieses Backup stammt von einer anderen Datenbank, und der Hub ist auf {title} eingestellt. "
            + "Prüfen Sie DigiHub:Database:Postgres.",
        $"Dieses Backup stammt von einer anderen Datenbank, und der Hub ist auf {title} eingestellt. Prüf DigiHub:Database:Postgres."));

    private static Refusal Unsound(string why) => new("backup_unsound", new(
        $"This backup is not sound: {why}. Use another one.", $"Dieses Backup ist nicht in Ordnung: {why}. Verwenden Sie ein anderes.",
        $"Dieses Backup ist nicht in Ordnung: {why}. Verwende ein anderes."));
}

internal sealed record OpenedBackup(ScratchDatabase Scratch, BackupManifest Manifest)
{
    /// <summary>When the backup was made.</summary>
    public Instant MadeAt { get; } = NodaTime.Text.InstantPattern.ExtendedIso.Parse(Manifest.At).GetValueOrThrow();
}
