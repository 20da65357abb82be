using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <summary>
/// Goes on with imports that are written, or taken back, row by row: each row is a commit of its own, in which it is noted that it is done.
/// So it can be stopped and killed at any moment, and run anywhere at once: no row is written twice, and none is forgotten.
/// </summary>
public sealed class ContinueImports(UnitOfWork unitOfWork, HubDbFactory databases, ImportKinds kinds, IClock clock)
{
    /// <summary>So many rows are done while somebody waits for the page; the rest is left to the job.</summary>
    public const int RowsAtOnce = 100;

    private const int TriesMax = 3;

    /// <summary>Longer than a batch of rows takes, and how long those of a killed process wait for another.</summary>
    private static readonly Duration lease = Duration.FromMinutes(1);

    /// <summary>All that are under way and on which nobody works; says how many came to their end.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<Guid> waiting;
        await using (var db = databases.Open())
            waiting = await db.ImportsUnderWay.Where(import => import.LeasedUntil == null || import.LeasedUntil <= now)
                .OrderBy(import => import.ReadAt).Select(import => import.Id).ToListAsync(stop);
        var ended = 0;
        foreach (var id in waiting)
            ended += await Run(id, int.MaxValue, stop) ? 1 : 0;
        return ended;
    }

    /// <summary>This one, even if another process works on it.</summary>
    /// <returns>False: there is more to do, for the job.</returns>
    public async Task<bool> Run(Guid importId, int rowsMax, CancellationToken stop)
    {
        for (var done = 0; done < rowsMax;)
        {
            var batch = await Batch(importId, Math.Min(RowsAtOnce, rowsMax - done), stop);
            if (batch is null)
                return true;
            if (batch.Lines.Count == 0)
                return await End(batch, stop);
            foreach (var line in batch.Lines)
            {
                if (!await Do(batch, line, stop))
                {
                    await Release(importId, stop);
                    return false;
                }
            }

            done += batch.Lines.Count;
        }

        if (await Batch(importId, 1, stop) is { Lines.Count: 0 } last)
            return await End(last, stop);
        await Release(importId, stop);
        return false;
    }

    private sealed record Rows(Import Import, List<int> Lines);

    /// <summary>The next rows, and the lease for them; null: it is over.</summary>
    private async Task<Rows?> Batch(Guid importId, int count, CancellationToken stop)
    {
        var until = clock.GetCurrentInstant() + lease;
        await unitOfWork.Run<int>(async db => await db.ImportsUnderWay.Where(import => import.Id == importId)
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.LeasedUntil, (Instant?)until), stop), stop);
        await using var db = databases.Open();
        var import = await ImportView.WithoutFile(db.ImportsUnderWay.AsNoTracking().Where(one => one.Id == importId))
            .SingleOrDefaultAsync(stop);
        return import is null ? null : new Rows(import, await Left(db, import).Take(count).ToListAsync(stop));
    }

    /// <summary>What is still to do; taken back is what came last first.</summary>
    private static IQueryable<int> Left(HubDb db, Import import)
    {
        var id = import.Id;
        var rows = db.ImportRows.AsNoTracking().Where(row => row.ImportId == id && row.Outcome == RowOutcome.New);
        return import.State == ImportState.Applying
            ? rows.Where(row => row.DoneAt == null).OrderBy(row => row.Line).Select(row => row.Line)
            : rows.Where(row => row.DoneAt != null && row.UndoneAt == null && row.WhyLeft == null)
                .OrderByDescending(row => row.Line).Select(row => row.Line);
    }

    /// <summary>False: the database is too busy.</summary>
    private async Task<bool> Do(Rows batch, int line, CancellationToken stop)
    {
        var import = batch.Import;
        Refusal? refusal = null;
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            try
            {
                var outcome = await unitOfWork.Run(async db =>
                {
                    var run = await RunOf(db, import, stop);
                    return import.State == ImportState.Applying
                        ? await run.Write(import.Id, line, Context(db, import, stop))
                        : await run.TakeBack(import.Id, line, Context(db, import, stop));
                }, stop);
                if (outcome.IsDone || outcome.Refusal.Code == Refusal.NotFound.Code)
                    return true;
                refusal = outcome.Refusal;
                break;
            }
            catch (DbUpdateException exception) when (attempt < TriesMax && DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
            {
                // The same number came by another import in this moment: the next look finds it.
            }
        }

        if (refusal is null || refusal.IsTransient)
            return false;

        // The constraint of the database has found an overlap: the row goes, and that it is refused stays.
        var marked = await unitOfWork.Run<int>(async db =>
        {
            var (importId, code, now) = (import.Id, refusal.Code, clock.GetCurrentInstant());
            var row = await db.ImportRows.SingleOrDefaultAsync(one => one.ImportId == importId && one.Line == line, stop);
            if (row is not { DoneAt: null })
                return 0;
            (row.Outcome, row.Code, row.Why, row.DoneAt) = (RowOutcome.Refused, code, DryRun.WordsOf(refusal), now);
            return 1;
        }, stop);
        return marked.IsDone;
    }

    private async Task<bool> End(Rows batch, CancellationToken stop)
    {
        var ended = await unitOfWork.Run<bool>(async db =>
        {
            var (id, now) = (batch.Import.Id, clock.GetCurrentInstant());
            await db.AcquireLocks([kinds.Of(batch.Import.Kind).Lock], stop);
            var import = await db.Imports.SingleAsync(one => one.Id == id, stop);
            if (!import.IsUnderWay)
                return true;
            if (await Left(db, import).AnyAsync(stop))
                return false;
            var rows = db.ImportRows.Where(row => row.ImportId == id);
            (import.LeasedUntil, import.Revision) = (null, import.Revision + 1);
            if (import.State == ImportState.Applying)
            {
                (import.State, import.DoneAt) = (ImportState.Done, now);
                await (await RunOf(db, import, stop)).Tell(id, Context(db, import, stop));
                var written = await rows.CountAsync(row => row.Outcome == RowOutcome.New, stop);
                var count = await rows.CountAsync(stop);
                db.Record(now, import.StartedById, ImportActs.Applied, id,
                    string.Create(CultureInfo.InvariantCulture, $"{import.Kind}, {written} of {count} rows"));
                return true;
            }

            (import.State, import.UndoneAt) = (ImportState.Undone, now);
            var undone = await rows.CountAsync(row => row.UndoneAt != null, stop);
            var all = await rows.CountAsync(row => row.Outcome == RowOutcome.New, stop);
            db.Record(now, import.StartedById, ImportActs.Undone, id,
                string.Create(CultureInfo.InvariantCulture, $"{undone} of {all} rows"));
            return true;
        }, stop);
        return ended is { IsDone: true, Value: true };
    }

    private Task<Outcome<int>> Release(Guid importId, CancellationToken stop) => unitOfWork.Run<int>(async db =>
    {
        db.LeavesWork = true;
        return await db.Imports.Where(import => import.Id == importId)
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.LeasedUntil, (Instant?)null), stop);
    }, stop);

    private async Task<RowByRowImportRun> RunOf(HubDb db, Import import, CancellationToken stop) =>
        (RowByRowImportRun)await kinds.Of(import.Kind).Open(db, import.SiteId, stop);

    private WritingContext Context(HubDb db, Import import, CancellationToken stop) =>
        new(db, import.SiteId, import.StartedById, clock.GetCurrentInstant(), import.SendsEmails, stop);
}
