using DigiHub.Access;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <summary>What can be exported and imported: its columns, who may, and what it is compared with.</summary>
internal interface IImportKind
{
    ImportKind Kind { get; }

    /// <summary>In the order in which an export has them.</summary>
    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>Without all of one of these no row can be read; the first is the usual way.</summary>
    IReadOnlyList<string[]> Needed { get; }

    /// <summary>Asked of the site if there is one, else of the hub.</summary>
    Permission Permission { get; }

    bool IsOfSite { get; }

    /// <summary>Each row is a commit of its own: one that is refused does not hold up the others.</summary>
    bool IsRowByRow => false;

    /// <summary>
    /// Held while it is compared and written: nobody else changes these things meanwhile. Of what is written row by row, only while it is
    /// begun and ended.
    /// </summary>
    LockKey Lock { get; }

    /// <summary>A file has no more of them.</summary>
    int RowsMax => Import.RowsMax;

    /// <summary>
    /// What the hub has of it now, to be written all or nothing (<see cref="KeyedImportRun"/>) or row by row
    /// (<see cref="RowByRowImportRun"/>).
    /// </summary>
    Task<ImportRun> Open(HubDb db, int? siteId, CancellationToken stop);
}

/// <summary>A row as the file gives it: by column what stands there; null: to be emptied. What is left alone is not in it.</summary>
internal sealed record GivenRow(int Line, IReadOnlyDictionary<string, string?> Cells);

/// <summary>What a row is going to do.</summary>
/// <param name="Before">Of the cells that change.</param>
/// <param name="After">The same; of something new all that are given.</param>
internal sealed record PlannedRow(
    int Line, RowOutcome Outcome, string Label, Refusal? Why, ImportCells Before, ImportCells After, Guid? OurId);

internal static class ImportRights
{
    extension(IImportKind kind)
    {
        /// <param name="siteId">Needed for what belongs to a site, null for everything else.</param>
        public bool MayBeDoneBy(Viewer viewer, int? siteId) => kind.IsOfSite
            ? siteId is { } at && viewer.May(kind.Permission, at)
            : siteId is null && viewer.May(kind.Permission);
    }
}
