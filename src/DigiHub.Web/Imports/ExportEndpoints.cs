using DigiHub.Access;
using DigiHub.Imports;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Imports;

/// <summary>Tables to take along, in the reader's language.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/export/{kind}.csv", Csv).RequireAuthorization(nameof(Permission.ManageSites));

    private static async Task<IResult> Csv(string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue)
    {
        var place = (await catalogue.Map(http.RequestAborted)).Place(site);
        if (FormParse.OneOf<ImportKind>(kind) is not { } of || (place is null && !string.IsNullOrEmpty(site)))
            return Results.NotFound();
        var file = await export.Run(of, place?.Site.Id, Languages.Here, http.Viewer(), http.RequestAborted);
        return file is null ? Results.NotFound() : Results.File(file, "text/csv; charset=utf-8", FileName(of, place));
    }

    internal static string FileName(ImportKind kind, SiteContext? place) =>
        place is null ? $"{ImportWords.Slug(kind)}.csv" : $"{ImportWords.Slug(kind)}-{place.Site.Slug}.csv";
}
