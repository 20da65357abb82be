using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Sites;

namespace DigiHub.Imports;

/// <summary>What the hub has, as a table that can be imported again without changing anything.</summary>
public sealed class ExportTable(HubDbFactory databases, ImportKinds kinds)
{
    /// <summary>A CSV file; null for a viewer who may not, and for a site that is not there.</summary>
    public Task<byte[]?> Run(ImportKind kind, int? siteId, Language language, Viewer viewer, CancellationToken stop) =>
        kinds.May(viewer, kind, siteId) ? Run(kind, siteId, language, stop) : Task.FromResult<byte[]?>(null);

    /// <summary>The same for the operator, by a command.</summary>
    public async Task<byte[]?> Run(ImportKind kind, int? siteId, Language language, CancellationToken stop)
    {
        var (of, columns) = (kinds.Of(kind), kinds.Columns(kind).Where(column => !column.IsReadOnly).ToList());
        await using var db = databases.Open();
        if (of.IsOfSite ? !await db.Sites.AnyAsync(site => site.Id == siteId, stop) : siteId is not null)
            return null;
        var run = await of.Open(db, siteId, stop);
        return CsvText.Write(run.All()
            .Select(one => (IReadOnlyList<string?>)[.. columns.Select(column => Cell(one.Cells.Of(column.Key), column.Key))])
            .Prepend([.. columns.Select(column => column.Heading.In(language))]));

        string? Cell(string value, string column) => value.Length == 0 ? null : run.Show(column, value).In(language);
    }
}
