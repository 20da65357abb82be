using DigiHub.Access;
using DigiHub.Imports;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Imports;

/// <summary>Tables to take along, in the reader's language.</summary>
internal static class ExportEndpoints
{
    public const string CsvType = "text/csv", XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/export/{kind}.csv", Csv).RequireAuthorization(nameof(Permission.ManageSites));
        routes.MapGet("/admin/export/{kind}.xlsx", Xlsx).RequireAuthorization(nameof(Permission.ManageSites));
    }

    private static async Task<IResult> Csv(string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue) =>
        await Table(ExportFormat.Csv, kind, site, http, export, catalogue) ?? Results.NotFound();

    private static async Task<IResult> Xlsx(string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue) =>
        await Table(ExportFormat.Xlsx, kind, site, http, export, catalogue) ?? Results.NotFound();

    /// <summary>Null: there is no such table, or the reader may not have it.</summary>
    internal static async Task<IResult?> Table(
        ExportFormat format, string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue)
    {
        var (viewer, stop) = (http.Viewer(), http.RequestAborted);
        var place = (await catalogue.Map(stop)).Place(site);
        if (place is null && !string.IsNullOrEmpty(site))
            return null;
        var file = FormParse.OneOf<ImportKind>(kind) is { } of
            ? await export.Run(of, place?.Site.Id, Languages.Here, viewer, stop, format) : null;
        var name = place is null ? kind.ToLowerInvariant() : $"{kind.ToLowerInvariant()}-{place.Site.Slug}";
        return file is null ? null : format == ExportFormat.Xlsx
            ? Results.File(file, XlsxType, $"{name}.xlsx") : Results.File(file, $"{CsvType}; charset=utf-8", $"{name}.csv");
    }
}
