using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Imports;

/// <param name="Outcome">Those alone; null: all, the refused first.</param>
/// <param name="Page">From 1, of <see cref="ImportView.PageSize"/>.</param>
public sealed record ImportQuery(Guid ImportId, RowOutcome? Outcome = null, int Page = 1);

/// <param name="Changes">Cells that change; of something new those that are given.</param>
public sealed record ShownRow(ImportRow Row, IReadOnlyList<ShownChange> Changes);

/// <param name="Before">Empty where nothing stood there.</param>
public sealed record ShownChange(Words Column, Words Before, Words After);

/// <param name="ReadBy">Null: the operator, or somebody who is gone.</param>
/// <param name="Counts">Of all its rows.</param>
/// <param name="WhyNotRead">What is in the way of reading rows; null: nothing.</param>
/// <param name="Count">Of the rows that were asked for.</param>
/// <param name="Waiting">Rows that are still to be written, or taken back; 0 unless that is under way.</param>
public sealed record ShownImport(
    Import Import, PersonName? ReadBy, IReadOnlyList<MappedColumn> Columns, Refusal? WhyNotRead,
    IReadOnlyDictionary<RowOutcome, int> Counts, IReadOnlyList<ShownRow> Rows, int Count, bool MayBeUndone, int Waiting)
{
    /// <summary>A row that is refused holds up no other.</summary>
    public required bool IsRowByRow { get; init; }

    /// <summary>Taken back they were not.</summary>
    public required int Left { get; init; }

    public int Of(RowOutcome outcome) => Counts.GetValueOrDefault(outcome);

    /// <summary>What applying would write.</summary>
    public int Changes => Of(RowOutcome.New) + Of(RowOutcome.Change);
}

/// <summary>One import with its rows, for who may do it.</summary>
public sealed class ImportView(HubDbFactory databases, ImportKinds kinds, IClock clock)
{
    public const int PageSize = 50;

    /// <summary>More pages than rows fit on.</summary>
    public const int PageMax = 1_000;

    /// <summary>Null: there is none, or the viewer may not.</summary>
    public async Task<ShownImport?> Run(ImportQuery query, Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var import = await WithoutFile(db.Imports.AsNoTracking().Where(one => one.Id == query.ImportId)).SingleOrDefaultAsync(stop);
        if (import is null || !kinds.May(viewer, import.Kind, import.SiteId))
            return null;
        return await Show(db, import, query, stop);
    }

    /// <summary>The same for the operator, by a command.</summary>
    public async Task<ShownImport> Run(ImportQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Show(
            db, await WithoutFile(db.Imports.AsNoTracking().Where(one => one.Id == query.ImportId)).SingleAsync(stop), query, stop);
    }

    private async Task<ShownImport> Show(HubDb db, Import import, ImportQuery query, CancellationToken stop)
    {
        var kind = kinds.Of(import.Kind);
        var rows = db.ImportRows.AsNoTracking().Where(row => row.ImportId == import.Id);
        var counts = await rows.GroupBy(row => row.Outcome).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var asked = query.Outcome is { } outcome ? rows.Where(row => row.Outcome == outcome) : rows;
        var shown = await asked.OrderBy(row => row.Outcome == RowOutcome.Refused ? 0 : row.WhyLeft != null ? 1 : 2).ThenBy(row => row.Line)
            .Skip((Math.Clamp(query.Page, 1, PageMax) - 1) * PageSize).Take(PageSize).ToListAsync(stop);
        var run = await kind.Open(db, import.SiteId, stop);
        var columns = ColumnMap.Kept(import.Columns);
        var waiting = import.State switch
        {
            ImportState.Applying => await rows.CountAsync(row => row.Outcome == RowOutcome.New && row.DoneAt == null, stop),
            ImportState.Undoing => await rows.CountAsync(row => row.Outcome == RowOutcome.New && row.DoneAt != null
                && row.UndoneAt == null && row.WhyLeft == null, stop),
            _ => 0,
        };
        var left = import.State == ImportState.Undone ? await rows.CountAsync(row => row.WhyLeft != null, stop) : 0;
        var readBy = await db.Members.Where(one => one.Id == import.ReadById).Select(one => one.Name).SingleOrDefaultAsync(stop);
        return new ShownImport(
            import, readBy, columns,
            import.State == ImportState.Read ? ColumnMap.WhyNot(columns, kind.Columns, kind.Needed) : null, counts,
            [.. shown.Select(row => new ShownRow(row, Changes(row, kind, run, columns)))],
            query.Outcome is { } of ? counts.GetValueOrDefault(of) : counts.Values.Sum(),
            import.MayBeUndoneAt(clock.GetCurrentInstant()), waiting)
        { IsRowByRow = kind.IsRowByRow, Left = left };
    }

    /// <summary>Of something new what the file says, without its name; what the hub fills in is no news.</summary>
    private static List<ShownChange> Changes(ImportRow row, IImportKind kind, ImportRun run, IReadOnlyList<MappedColumn> columns)
    {
        var (before, after) = (row.CellsBefore, row.CellsAfter);
        return [.. kind.Columns.Where(column => after.ContainsKey(column.Key))
            .Where(column => row.Outcome == RowOutcome.Change || (after.Of(column.Key) is { Length: > 0 } value && value != row.Label
                && columns.Any(one => one.Key == column.Key)))
            .Select(column => new ShownChange(
                column.Heading, run.Show(column.Key, before.Of(column.Key)), run.Show(column.Key, after.Of(column.Key))))];
    }

    /// <summary>Pages do without the file, which may have 5 MB.</summary>
    internal static IQueryable<Import> WithoutFile(IQueryable<Import> imports) => imports.Select(one => new Import
    {
        Id = one.Id,
        Kind = one.Kind,
        Format = one.Format,
        SiteId = one.SiteId,
        FileName = one.FileName,
        Sha256 = one.Sha256,
        Columns = one.Columns,
        IsWindows1252 = one.IsWindows1252,
        State = one.State,
        LeavesOutRefused = one.LeavesOutRefused,
        ReadById = one.ReadById,
        ReadAt = one.ReadAt,
        StartedById = one.StartedById,
        SendsEmails = one.SendsEmails,
        LeasedUntil = one.LeasedUntil,
        DoneAt = one.DoneAt,
        UndoneAt = one.UndoneAt,
        Revision = one.Revision,
    });
}

/// <summary>The latest imports, for who may do them.</summary>
public sealed class ImportList(HubDbFactory databases, ImportKinds kinds)
{
    public const int ShownMax = 20;

    /// <summary>How many are looked through for those that the viewer may see.</summary>
    private const int LookedAtMax = 200;

    /// <summary>At most <see cref="ShownMax"/>, the newest first; each without its file.</summary>
    public async Task<IReadOnlyList<Import>> Run(Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var latest = await ImportView.WithoutFile(db.Imports.AsNoTracking().OrderByDescending(one => one.ReadAt).Take(LookedAtMax))
            .ToListAsync(stop);
        return [.. latest.Where(one => kinds.May(viewer, one.Kind, one.SiteId)).Take(ShownMax)];
    }
}
