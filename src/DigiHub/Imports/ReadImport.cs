using System.Security.Cryptography;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;

namespace DigiHub.Imports;

/// <param name="ActorId">Null: the operator, by a command.</param>
/// <param name="SiteId">Of what belongs to a site; null for all else.</param>
/// <param name="FileName">As people call it; cut to <see cref="Import.FileNameMax"/>.</param>
/// <param name="Columns">
/// What columns are, by their headings, before any guess: a column's key, or <see cref="ColumnMap.LeaveOut"/>.
/// </param>
/// <param name="AsksForColumns">A column that is not known is asked about later, and refuses nothing.</param>
public sealed record ReadImportRequest(
    Guid? ActorId, ImportKind Kind, int? SiteId, string? FileName, byte[] File,
    IReadOnlyDictionary<string, string>? Columns = null, bool AsksForColumns = false);

/// <summary>
/// Reads a file, guesses what its columns are, and compares it with what the hub has. Nothing but the import itself is written.
/// </summary>
public sealed class ReadImport(UnitOfWork unitOfWork, ImportKinds kinds, IClock clock)
{
    /// <summary>How many earlier imports are asked what columns were.</summary>
    private const int RememberedMax = 20;

    /// <summary>
    /// Refuses as <see cref="CsvTable.Read"/> does, and with site_unknown, not_found (also for who may not), unknown_column, column_twice,
    /// column_missing, roles_not_imported and file_too_many_rows.
    /// </summary>
    public Task<Outcome<Import>> Run(ReadImportRequest request, CancellationToken stop, Alongside<Import>? along = null)
    {
        var kind = kinds.Of(request.Kind);
        if (kind.IsOfSite && request.SiteId is null)
            return Task.FromResult<Outcome<Import>>(ImportRefusals.SiteMissing);
        var read = CsvTable.Read(request.File);
        if (!read.IsDone)
            return Task.FromResult<Outcome<Import>>(read.Refusal);
        if (read.Value.Rows.Count > Import.RowsMax)
            return Task.FromResult<Outcome<Import>>(ImportRefusals.TooManyRows);

        return unitOfWork.Run<Import>(async db =>
        {
            // No lock: applying compares again, and a dry run must not hold up those who book.
            var now = clock.GetCurrentInstant();
            if (request.ActorId is not null
                && (await db.Viewer(request.ActorId, now, stop) is not { } actor || !kind.MayBeDoneBy(actor, request.SiteId)))
                return Refusal.NotFound;
            if (kind.IsOfSite ? !await db.Sites.AnyAsync(site => site.Id == request.SiteId, stop) : request.SiteId is not null)
                return Refusal.NotFound;

            var columns = ColumnMap.Of(read.Value.Headings, kind.Columns,
                request.Columns ?? new Dictionary<string, string>(StringComparer.Ordinal), await Remembered(db, request, stop));
            var refusal = ColumnMap.WhyNot(columns, kind.Columns, kind.Needed);
            if (refusal is not null && !request.AsksForColumns)
                return refusal;
            var import = new Import
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Kind = request.Kind,
                SiteId = request.SiteId,
                FileName = TypedText.Line(request.FileName, Import.FileNameMax) ?? "",
                File = request.File,
                Sha256 = SHA256.HashData(request.File),
                Columns = ColumnMap.Write(columns),
                IsWindows1252 = read.Value.IsWindows1252,
                ReadById = request.ActorId,
                ReadAt = now,
            };
            db.Add(import);
            db.Record(now, request.ActorId, ImportActs.Read, import.Id, request.Kind.ToString());
            if (refusal is not null)
                return import;
            var compared = await db.Compare(import, kind, stop);
            return compared.IsDone ? import : compared.Refusal;
        }, stop, along);
    }

    /// <summary>What the same person's files of this kind meant by their headings, the latest first.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Remembered(HubDb db, ReadImportRequest request, CancellationToken stop)
    {
        var (kind, actorId) = (request.Kind, request.ActorId);
        var written = await db.Imports.Where(import => import.Kind == kind && import.ReadById == actorId
            && import.State != ImportState.Read).OrderByDescending(import => import.ReadAt).Take(RememberedMax)
            .Select(import => import.Columns).ToListAsync(stop);
        Dictionary<string, string> remembered = new(StringComparer.Ordinal);
        foreach (var column in written.SelectMany(ColumnMap.Kept).Where(column => column.Heading.Length > 0))
            remembered.TryAdd(column.Heading, column.Key ?? ColumnMap.LeaveOut);
        return remembered;
    }
}
