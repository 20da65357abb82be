using DigiHub.Access;

namespace DigiHub.Imports;

/// <summary>All kinds of things that can be exported and imported.</summary>
public sealed class ImportKinds
{
    private readonly Dictionary<ImportKind, IImportKind> byKind;

    internal ImportKinds(IEnumerable<IImportKind> kinds) => byKind = kinds.ToDictionary(kind => kind.Kind);

    /// <summary>Those that the viewer may export and import somewhere, in their order.</summary>
    public IReadOnlyList<ImportKind> For(Viewer viewer) => [.. byKind.Values.Where(kind =>
        kind.IsOfSite ? viewer.MayAnywhere(kind.Permission) : viewer.May(kind.Permission)).Select(kind => kind.Kind).Order()];

    /// <summary>Where the viewer may export and import them; null for what belongs to the whole hub.</summary>
    public SiteSet? SitesFor(ImportKind kind, Viewer viewer) => Of(kind).IsOfSite ? viewer.Where(Of(kind).Permission) : null;

    public bool IsOfSite(ImportKind kind) => Of(kind).IsOfSite;

    /// <summary>A file has no more of them.</summary>
    public int RowsMax(ImportKind kind) => Of(kind).RowsMax;

    /// <summary>Of what wrote a file can be read of this kind.</summary>
    public static IReadOnlyList<ImportFormat> Formats(ImportKind kind) => ForeignTables.FormatsOf(kind);

    public IReadOnlyList<ImportColumn> Columns(ImportKind kind) => Of(kind).Columns;

    /// <summary>Those that a file may have, in their order.</summary>
    public IEnumerable<ImportColumn> Importable(ImportKind kind) => Of(kind).Columns.Where(column => column.WhyNot is null);

    /// <summary>What a heading that is not known probably means.</summary>
    public ImportColumn? Likely(ImportKind kind, string heading) => ColumnMap.Likely(heading, Of(kind).Columns);

    public bool May(Viewer viewer, ImportKind kind, int? siteId) => Of(kind).MayBeDoneBy(viewer, siteId);

    internal IImportKind Of(ImportKind kind) => byKind[kind];
}
