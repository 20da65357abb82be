using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <param name="Undone">Rows that are as they were before; none yet of what goes row by row.</param>
/// <param name="Left">Rows that were changed since, or are in use: they stay, and say why.</param>
public sealed record ImportUndone(Import Import, int Undone, int Left);

/// <summary>
/// Takes an import back within 24 hours: what is still as it left it is as it was before, what was added goes if nothing refers to it.
/// What was written row by row is only begun to be taken back here: <see cref="ContinueImports"/> goes on.
/// </summary>
public sealed class UndoImport(UnitOfWork unitOfWork, ImportKinds kinds, IClock clock)
{
    /// <summary>Refuses with not_found (also for who may not), import_not_done and undo_too_late.</summary>
    public Task<Outcome<ImportUndone>> Run(Guid importId, Guid? actorId, CancellationToken stop, Alongside<ImportUndone>? along = null) =>
        unitOfWork.Run<ImportUndone>(async db =>
        {
            var now = clock.GetCurrentInstant();
            var found = await db.ImportToChange(kinds, importId, actorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var (import, kind) = found.Value;
            if (import.State != ImportState.Done)
                return ImportRefusals.NotDone;
            if (!import.MayBeUndoneAt(now))
                return ImportRefusals.TooLate;

            if (kind.IsRowByRow)
            {
                (import.State, import.StartedById) = (ImportState.Undoing, actorId);
                import.Revision++;
                db.LeavesWork = true;
                return new ImportUndone(import, 0, 0);
            }

            var run = (KeyedImportRun)await kind.Open(db, import.SiteId, stop);
            var context = new WritingContext(db, import.SiteId, actorId, now, SendsEmails: false, stop);
            var rows = await db.ImportRows.Where(row => row.ImportId == importId
                && (row.Outcome == RowOutcome.New || row.Outcome == RowOutcome.Change))
                .OrderByDescending(row => row.Line).ToListAsync(stop); // what is made of others goes before them
            await run.OpenForUndo(rows, context);
            var undone = 0;
            foreach (var row in rows)
            {
                if (await run.TakeBack(row, context) is { } why)
                {
                    row.WhyLeft = LocalisedText.Of(why.Message);
                    continue;
                }

                row.UndoneAt = now;
                undone++;
            }

            (import.State, import.UndoneAt) = (ImportState.Undone, now);
            import.Revision++;
            db.Record(now, actorId, ImportActs.Undone, import.Id,
                string.Create(CultureInfo.InvariantCulture, $"{undone} of {rows.Count} rows"));
            return new ImportUndone(import, undone, rows.Count - undone);
        }, stop, along);
}
