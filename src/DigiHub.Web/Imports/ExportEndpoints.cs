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

    private static async Task<IResult> Csv(
        string kind, string? site, HttpContext http, ExportTable export, ExportBookings bookings, Catalogue catalogue) =>
        await Table(kind, site, http, export, bookings, catalogue) ?? Results.NotFound();

    /// <summary>Null: there is no such table, or the reader may not have it.</summary>
    internal static async Task<IResult?> Table(
        string kind, string? site, HttpContext http, ExportTable export, ExportBookings bookings, Catalogue catalogue)
    {
        var (viewer, stop) = (http.Viewer(), http.RequestAborted);
        var place = (await catalogue.Map(stop)).Place(site);
        if (place is null && !string.IsNullOrEmpty(site))
            return null;
        var file = FormParse.OneOf<ImportKind>(kind) is { } of ? await export.Run(of, place?.Site.Id, Languages.Here, viewer, stop)
            : kind == ImportWords.Bookings && place is not null ? await bookings.Run(place.Site.Id, Languages.Here, viewer, stop)
            : null;
        var name = kind.ToLowerInvariant();
        return file is null ? null
            : Results.File(file, "text/csv; charset=utf-8", place is null ? $"{name}.csv" : $"{name}-{place.Site.Slug}.csv");
    }
}
