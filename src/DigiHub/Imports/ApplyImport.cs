using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <param name="ActorId">Null: the operator, by a command.</param>
/// <param name="IfRevision">Refuses with stale if it has been compared again since; null: whatever it says.</param>
/// <param name="AcceptsEncoding">Umlauts were seen to be right, in a file that is no UTF-8.</param>
/// <param name="SendsEmails">Each of the new people gets one e-mail.</param>
public sealed record ApplyImportRequest(
    Guid ImportId, Guid? ActorId, int? IfRevision = null, bool AcceptsEncoding = false, bool SendsEmails = false);

/// <summary>
/// Writes what the dry run says, all of it or nothing. It compares once more before: if anything would come out otherwise than it was
/// shown, nothing is written, and the new dry run is there to be looked at. Of two who apply at once, one does.
/// <para>What goes row by row is only begun here: <see cref="ContinueImports"/> writes it, and decides about each row when its turn
/// comes.</para>
/// </summary>
public sealed class ApplyImport(UnitOfWork unitOfWork, ImportKinds kinds, ChangeImport change, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), columns_unknown, import_done, import_forgotten, encoding_unconfirmed, rows_refused,
    /// nothing_new, stale and import_differs.
    /// </summary>
    public async Task<Outcome<Import>> Run(ApplyImportRequest request, CancellationToken stop, Alongside<Import>? along = null)
    {
        Outcome<Import> outcome;
        try
        {
            outcome = await unitOfWork.Run(db => Apply(db, request, stop), stop, along);
        }
        catch (DbUpdateException exception) when (along is null && DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            outcome = ImportRefusals.Differs; // somebody of the same address was added by hand in the same moment
        }

        if (outcome.Refusal?.Code == ImportRefusals.Differs.Code)
            await change.Again(request.ImportId, request.ActorId, stop);
        return outcome;
    }

    private async Task<Outcome<Import>> Apply(HubDb db, ApplyImportRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var found = await db.ImportToChange(kinds, request.ImportId, request.ActorId, now, stop);
        if (!found.IsDone)
            return found.Refusal;
        var (import, kind) = found.Value;
        if (WhyNot(import, request) is { } refusal)
            return refusal;

        if (kind.IsRowByRow)
            return await Begin(db, import, request, stop);
        var run = (KeyedImportRun)await kind.Open(db, import.SiteId, stop);
        var planned = await db.Plan(import, run, stop);
        if (!planned.IsDone)
            return planned.Refusal;
        var importId = import.Id;
        var rows = await db.ImportRows.Where(row => row.ImportId == importId).OrderBy(row => row.Line).ToListAsync(stop);
        if (!DryRun.IsSame(rows, planned.Value))
            return ImportRefusals.Differs;
        if (rows.Exists(row => row.Outcome == RowOutcome.Refused))
            return ImportRefusals.RowsRefused;

        var changing = rows.Where(row => row.Outcome is RowOutcome.New or RowOutcome.Change).ToList();
        if (await run.Write(changing, new(db, import.SiteId, request.ActorId, now, request.SendsEmails, stop)) is { } broken)
            return broken;
        (import.State, import.DoneAt) = (ImportState.Done, now);
        import.Revision++;
        db.Record(now, request.ActorId, ImportActs.Applied, import.Id,
            string.Create(CultureInfo.InvariantCulture, $"{import.Kind}, {changing.Count} of {rows.Count} rows"));
        return import;
    }

    private static async Task<Outcome<Import>> Begin(HubDb db, Import import, ApplyImportRequest request, CancellationToken stop)
    {
        var importId = import.Id;
        if (!await db.ImportRows.AnyAsync(row => row.ImportId == importId && row.Outcome == RowOutcome.New, stop))
            return ImportRefusals.NothingNew;
        (import.State, import.StartedById, import.SendsEmails) = (ImportState.Applying, request.ActorId, request.SendsEmails);
        import.Revision++;
        db.LeavesWork = true;
        return import;
    }

    private static Refusal? WhyNot(Import import, ApplyImportRequest request) => import.State switch
    {
        ImportState.Read => ImportRefusals.NotReadYet,
        not ImportState.Checked => ImportRefusals.AlreadyDone,
        _ when request.IfRevision is { } seen && seen != import.Revision => Refusal.Stale,
        _ when import.IsWindows1252 && !request.AcceptsEncoding => ImportRefusals.EncodingUnconfirmed,
        _ => null,
    };
}
