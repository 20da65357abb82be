using System.Security.Cryptography;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Imports;

/// <param name="ActorId">Null: the operator, by a command.</param>
/// <param name="SiteId">Of what belongs to a site; null for all else.</param>
/// <param name="FileName">As people call it; cut to <see cref="Import.FileNameMax"/>.</param>
/// <param name="Columns">
/// What columns are, by their headings, before any guess: a column's key, or <see cref="ColumnMap.LeaveOut"/>.
/// </param>
/// <param name="AsksForColumns">A column that is not known is asked about later, and refuses nothing.</param>
/// <param name="Format">What wrote the file.</param>
/// <param name="More">The other files of the same system that are needed beside it.</param>
public sealed record ReadImportRequest(
    Guid? ActorId, ImportKind Kind, int? SiteId, string? FileName, byte[] File,
    IReadOnlyDictionary<string, string>? Columns = null, bool AsksForColumns = false,
    ImportFormat Format = ImportFormat.Csv, IReadOnlyList<ForeignFile>? More = null)
{
    /// <summary>All files, the first first.</summary>
    internal IReadOnlyList<ForeignFile> Files => [new(FileName ?? "", File), .. More ?? []];
}

/// <summary>
/// Reads a file, guesses what its columns are, and compares it with what the hub has. Nothing but the import itself is written.
/// </summary>
public sealed class ReadImport(UnitOfWork unitOfWork, HubDbFactory databases, ImportKinds kinds, Catalogue catalogue, IClock clock)
{
    /// <summary>How many earlier imports are asked what columns were.</summary>
    private const int RememberedMax = 20;

    /// <summary>
    /// Refuses as <see cref="CsvTable.Read"/> and <see cref="ForeignTables.Read"/> do, and with site_unknown, not_found (also for who may
    /// not), unknown_column, column_twice, column_missing, roles_not_imported and file_too_many_rows.
    /// </summary>
    public async Task<Outcome<Import>> Run(ReadImportRequest request, CancellationToken stop, Alongside<Import>? along = null)
    {
        var kind = kinds.Of(request.Kind);
        if (kind.IsOfSite && request.SiteId is null)
            return ImportRefusals.SiteMissing;
        var site = ForeignSite.Of(await catalogue.Map(stop), request.SiteId, clock.GetCurrentInstant());
        var made = ForeignTables.Read(request.Format, request.Kind, request.Files, site);
        if (!made.IsDone)
            return made.Refusal;
        var read = CsvTable.Read(made.Value);
        if (!read.IsDone)
            return read.Refusal;
        if (read.Value.Rows.Count > kind.RowsMax)
            return ImportRefusals.TooManyRows(kind.RowsMax);

        IReadOnlyList<PlannedRow>? compared = null;
        if (kind.IsRowByRow)
        {
            // Up to 20,000 rows are compared before anything is written: on SQLite nobody else can write meanwhile.
            await using var db = databases.Open();
            var begun = await Begin(db, request, kind, made.Value, read.Value, stop);
            if (!begun.IsDone)
                return begun.Refusal;
            if (begun.Value.WhyNot is null)
            {
                var planned = await db.Plan(begun.Value.Import, await kind.Open(db, request.SiteId, stop), stop);
                if (!planned.IsDone)
                    return planned.Refusal;
                compared = planned.Value;
            }
        }

        return await unitOfWork.Run<Import>(async db =>
        {
            // No lock: applying compares again, and a dry run must not hold up those who book.
            var begun = await Begin(db, request, kind, made.Value, read.Value, stop);
            if (!begun.IsDone)
                return begun.Refusal;
            var (import, whyNot) = begun.Value;
            db.Add(import);
            db.Record(import.ReadAt, request.ActorId, ImportActs.Read, import.Id, request.Kind.ToString());
            if (whyNot is not null)
                return import;
            if (compared is not null)
            {
                await db.Keep(import, compared, stop);
                return import;
            }

            var outcome = await db.Compare(import, kind, stop);
            return outcome.IsDone ? import : outcome.Refusal;
        }, stop, along);
    }

    /// <param name="WhyNot">Columns that are to be asked about.</param>
    private sealed record Begun(Import Import, Refusal? WhyNot);

    private async Task<Outcome<Begun>> Begin(
        HubDb db, ReadImportRequest request, IImportKind kind, byte[] file, CsvTable table, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (request.ActorId is not null
            && (await db.Viewer(request.ActorId, now, stop) is not { } actor || !kind.MayBeDoneBy(actor, request.SiteId)))
            return Refusal.NotFound;
        if (kind.IsOfSite ? !await db.Sites.AnyAsync(site => site.Id == request.SiteId, stop) : request.SiteId is not null)
            return Refusal.NotFound;

        var columns = ColumnMap.Of(table.Headings, kind.Columns,
            request.Columns ?? new Dictionary<string, string>(StringComparer.Ordinal), await Remembered(db, request, stop));
        var refusal = ColumnMap.WhyNot(columns, kind.Columns, kind.Needed);
        if (refusal is not null && !request.AsksForColumns)
            return refusal;
        return new Begun(
            new Import
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Kind = request.Kind,
                Format = request.Format,
                SiteId = request.SiteId,
                FileName = TypedText.Line(request.FileName, Import.FileNameMax) ?? "",
                File = file,
                Sha256 = SHA256.HashData(request.File),
                Columns = ColumnMap.Write(columns),
                IsWindows1252 = table.IsWindows1252,
                ReadById = request.ActorId,
                ReadAt = now,
            },
            refusal);
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
