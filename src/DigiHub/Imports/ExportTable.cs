using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Sites;

namespace DigiHub.Imports;

public enum ExportFormat { Csv, Xlsx }

/// <summary>What the hub has, as a table that can be imported again without changing anything.</summary>
public sealed class ExportTable(HubDbFactory databases, ImportKinds kinds, ExportBookings bookings)
{
    /// <summary>A file; null for a viewer who may not, and for a site that is not there.</summary>
    public Task<byte[]?> Run(
        ImportKind kind, int? siteId, Language language, Viewer viewer, CancellationToken stop, ExportFormat format = ExportFormat.Csv) =>
        kinds.May(viewer, kind, siteId) ? Run(kind, siteId, language, stop, format) : Task.FromResult<byte[]?>(null);

    /// <summary>The same for the operator, by a command.</summary>
    public async Task<byte[]?> Run(
        ImportKind kind, int? siteId, Language language, CancellationToken stop, ExportFormat format = ExportFormat.Csv)
    {
        if (await Rows(kind, siteId, language, stop) is not { } rows)
            return null;
        return format == ExportFormat.Xlsx ? XlsxText.Write(rows) : CsvText.Write(rows);
    }

    private async Task<IEnumerable<IReadOnlyList<string?>>?> Rows(
        ImportKind kind, int? siteId, Language language, CancellationToken stop)
    {
        var (of, columns) = (kinds.Of(kind), kinds.Columns(kind).Where(column => !column.IsReadOnly).ToList());
        await using var db = databases.Open();
        if (of.IsOfSite ? !await db.Sites.AnyAsync(site => site.Id == siteId, stop) : siteId is not null)
            return null;
        if (await of.Open(db, siteId, stop) is not KeyedImportRun run)
            return await bookings.Run(siteId!.Value, language, stop);
        return run.All()
            .Select(one => (IReadOnlyList<string?>)[.. columns.Select(column => Cell(one.Cells.Of(column.Key), column.Key))])
            .Prepend([.. columns.Select(column => column.Heading.In(language))]);

        string? Cell(string value, string column) => value.Length == 0 ? null : run.Show(column, value).In(language);
    }
}
