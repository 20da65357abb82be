using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <summary>Says what columns are, or leaves out what is refused, and compares again. Nothing else is written.</summary>
public sealed class ChangeImport(UnitOfWork unitOfWork, ImportKinds kinds, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), import_done, import_forgotten, unknown_column, column_twice, column_missing and
    /// roles_not_imported.
    /// </summary>
    /// <param name="columns">By heading: a column's key or <see cref="ColumnMap.LeaveOut"/>. Those not named stay as they are.</param>
    public Task<Outcome<Import>> Columns(
        Guid importId, Guid? actorId, IReadOnlyDictionary<string, string> columns, CancellationToken stop) =>
        Change(importId, actorId, (import, kind) =>
        {
            var mapped = ColumnMap.Kept(import.Columns);
            var before = mapped.Where(column => column.Heading.Length > 0 && !column.IsUnknown)
                .ToDictionary(column => column.Heading, column => column.Key ?? ColumnMap.LeaveOut, StringComparer.Ordinal);
            var known = ColumnMap.Of([.. mapped.Select(column => column.Heading)], kind.Columns, columns, before);
            if (ColumnMap.WhyNot(known, kind.Columns, kind.Needed) is { } refusal)
                return refusal;
            import.Columns = ColumnMap.Write(known);
            return null;
        }, stop);

    /// <summary>Rows that are refused are left out, and the others can be applied. Refuses as above and with columns_unknown.</summary>
    public Task<Outcome<Import>> LeaveOutRefused(Guid importId, Guid? actorId, CancellationToken stop) =>
        Change(importId, actorId, (import, _) =>
        {
            if (import.State == ImportState.Read)
                return ImportRefusals.NotReadYet;
            import.LeavesOutRefused = true;
            return null;
        }, stop);

    /// <summary>Compares with what the hub has by now.</summary>
    internal Task<Outcome<Import>> Again(Guid importId, Guid? actorId, CancellationToken stop) =>
        Change(importId, actorId, (_, _) => null, stop);

    private Task<Outcome<Import>> Change(
        Guid importId, Guid? actorId, Func<Import, IImportKind, Refusal?> change, CancellationToken stop) =>
        unitOfWork.Run<Import>(async db =>
        {
            var found = await db.ImportToChange(kinds, importId, actorId, clock.GetCurrentInstant(), stop);
            if (!found.IsDone)
                return found.Refusal;
            var (import, kind) = found.Value;
            if (import.State is not (ImportState.Read or ImportState.Checked))
                return ImportRefusals.AlreadyDone;
            if (change(import, kind) is { } refusal)
                return refusal;
            import.Revision++;
            var compared = await db.Compare(import, kind, stop);
            return compared.IsDone ? import : compared.Refusal;
        }, stop);
}

internal static class ImportsToChange
{
    extension(HubDb db)
    {
        /// <summary>The import, for who may, with its kind's lock held: two who change it wait for each other.</summary>
        public async Task<Outcome<(Import Import, IImportKind Kind)>> ImportToChange(
            ImportKinds kinds, Guid importId, Guid? actorId, Instant now, CancellationToken stop)
        {
            // What it is of never changes, so that can be read before the lock.
            var seen = await db.Imports.Where(one => one.Id == importId).Select(one => new { one.Kind, one.SiteId })
                .SingleOrDefaultAsync(stop);
            if (seen is null)
                return Refusal.NotFound;
            var kind = kinds.Of(seen.Kind);
            await db.AcquireLocks([kind.Lock], stop);
            if (actorId is not null && (await db.Viewer(actorId, now, stop) is not { } actor || !kind.MayBeDoneBy(actor, seen.SiteId)))
                return Refusal.NotFound;
            return (await db.Imports.SingleAsync(one => one.Id == importId, stop), kind);
        }
    }
}
