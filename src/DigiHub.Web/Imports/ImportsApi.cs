using System.ComponentModel.DataAnnotations;
using System.Text;
using DigiHub.Access;
using DigiHub.Imports;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;
using BodySizeAttribute = DigiHub.Web.Security.BodySizeAttribute;

namespace DigiHub.Web.Imports;

/// <summary>Tables out of the hub and into it, for who runs a site or the hub.</summary>
internal static class ImportsApi
{
    /// <summary>The largest file as JSON, which may write a sign as six.</summary>
    private const long BodyMax = 6L * CsvTable.BytesMax + 64 * 1024;

    public static void MapImportsApi(this RouteGroupBuilder api)
    {
        var manages = nameof(Permission.ManageSites);
        api.MapGet("/exports/{kind}.csv", Export).RequireAuthorization(manages).WithTags("Imports").WithName("exportTable")
            .WithSummary("Export spaces or bookings of a site, organisations or members as CSV")
            .Produces<string>(StatusCodes.Status200OK, ExportEndpoints.CsvType);
        api.MapGet("/exports/{kind}.xlsx", ExportBook).RequireAuthorization(manages).WithTags("Imports").WithName("exportWorkbook")
            .WithSummary("Export the same as an XLSX workbook")
            .Produces<Stream>(StatusCodes.Status200OK, ExportEndpoints.XlsxType);
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapGet("/", List).RequireAuthorization(manages).WithName("listImports")
            .WithSummary("List the latest imports that I may see").Produces<Page<ImportShape>>();
        imports.MapPost("/", Read).RequireAuthorization(manages).WithMetadata(new BodySizeAttribute(BodyMax)).WithName("readImport")
            .WithSummary("Read a file and see what each row would do. Nothing else is written")
            .Produces<ImportShape>(StatusCodes.Status201Created);
        imports.MapGet("/{importId:guid}", Get).RequireAuthorization(manages).WithName("getImport")
            .WithSummary("Get an import").Produces<ImportShape>();
        imports.MapGet("/{importId:guid}/rows", Rows).RequireAuthorization(manages).WithName("listImportRows")
            .WithSummary("List the rows of an import, those that are refused first").Produces<Page<ImportRowShape>>();
        imports.MapPost("/{importId:guid}/apply", Apply).RequireAuthorization(manages).WithName("applyImport")
            .WithSummary("Write what the dry run says, all or nothing; bookings are begun, then written one by one")
            .Produces<ImportShape>();
        imports.MapPost("/{importId:guid}/undo", Undo).RequireAuthorization(manages).WithName("undoImport")
            .WithSummary("Undo an import within 24 hours, for rows still as it left them; of bookings it is begun")
            .Produces<UndoneImportShape>();
    }

    private static async Task<IResult> Export(string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue) =>
        await ExportEndpoints.Table(ExportFormat.Csv, kind, site, http, export, catalogue) ?? Problems.NotFound;

    private static async Task<IResult> ExportBook(string kind, string? site, HttpContext http, ExportTable export, Catalogue catalogue) =>
        await ExportEndpoints.Table(ExportFormat.Xlsx, kind, site, http, export, catalogue) ?? Problems.NotFound;

    private static async Task<IResult> List(HttpContext http, ImportList list, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return Results.Ok(new Page<ImportShape>(
            [.. (await list.Run(http.Viewer(), stop)).Select(import => ImportShape.Of(import, map, null))], Next: null));
    }

    private static async Task<IResult> Read(
        ImportInput input, HttpContext http, ReadImport read, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var place = map.Place(input.Site);
        if (place is null && input.Site is not null)
            return Problems.NotFound;
        return await once.Run<Import>(
            http,
            along => read.Run(new(http.User.MemberId()!.Value, input.Kind, place?.Site.Id, input.FileName,
                Encoding.UTF8.GetBytes(input.Content), input.Columns, Format: input.Format ?? ImportFormat.Csv), stop, along),
            done => Answer.Of(StatusCodes.Status201Created, ImportShape.Of(done, map, null), $"v1/imports/{done.Id}"));
    }

    private static async Task<IResult> Get(
        Guid importId, HttpContext http, ImportView view, Catalogue catalogue, CancellationToken stop) =>
        await view.Run(new(importId), http.Viewer(), stop) is { } shown
            ? Results.Ok(ImportShape.Of(shown.Import, await catalogue.Map(stop), shown))
            : Problems.NotFound;

    private static async Task<IResult> Rows(
        Guid importId, Asked<RowOutcome>? outcome, [Range(1, ImportView.PageMax)] Asked<int>? page, HttpContext http, ImportView view,
        CancellationToken stop)
    {
        var number = page?.Value ?? 1;
        if (await view.Run(new(importId, outcome?.Value, number), http.Viewer(), stop) is not { } shown)
            return Problems.NotFound;
        var more = number * ImportView.PageSize < shown.Count && number < ImportView.PageMax;
        return Results.Ok(new Page<ImportRowShape>(
            [.. shown.Rows.Select(ImportRowShape.Of)],
            more ? (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> Apply(
        Guid importId, ApplyInput? input, HttpContext http, ApplyImport apply, Catalogue catalogue, Idempotency once,
        CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await once.Run<Import>(
            http,
            along => apply.Run(new(importId, http.User.MemberId()!.Value, SendsEmails: input?.Emails ?? false), stop, along),
            done => Answer.Of(StatusCodes.Status200OK, ImportShape.Of(done, map, null)));
    }

    private static async Task<IResult> Undo(
        Guid importId, HttpContext http, UndoImport undo, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await once.Run<ImportUndone>(
            http,
            along => undo.Run(importId, http.User.MemberId()!.Value, stop, along),
            done => Answer.Of(
                StatusCodes.Status200OK, new UndoneImportShape(ImportShape.Of(done.Import, map, null), done.Undone, done.Left)));
    }
}

/// <param name="Site">Of spaces and bookings: the site where they are.</param>
/// <param name="Content">The file’s text: headings, then rows; of another format its one file.</param>
/// <param name="Columns">What headings mean that the hub does not know: a column’s key, or - to leave it out.</param>
/// <param name="Format">What wrote the file; a table if it is left out. Several files are imported on the page or by command.</param>
[FieldsMayBeLeftOut]
public sealed record ImportInput(
    ImportKind Kind, string Content, string? Site = null, string? FileName = null, IReadOnlyDictionary<string, string>? Columns = null,
    ImportFormat? Format = null);

/// <param name="Emails">Each of the new people, or whose bookings these are, gets one e-mail; false if it is left out.</param>
[FieldsMayBeLeftOut]
public sealed record ApplyInput(bool? Emails = null);

/// <param name="Site">Of spaces and bookings; null for all else.</param>
/// <param name="Counts">Of its rows, by what they do; null in lists and in answers to acts.</param>
public sealed record ImportShape(
    Guid Id, ImportKind Kind, ImportFormat Format, string? Site, string FileName, ImportState State, Instant ReadAt, Instant? DoneAt,
    Instant? UndoneAt, ImportCountsShape? Counts)
{
    internal static ImportShape Of(Import import, HubDirectory map, ShownImport? shown) => new(
        import.Id, import.Kind, import.Format, import.SiteId is { } siteId ? map.Place(siteId)?.Site.Slug : null, import.FileName,
        import.State, import.ReadAt, import.DoneAt, import.UndoneAt, shown is null ? null : ImportCountsShape.Of(shown));
}

/// <param name="Waiting">Rows that are still to be written, or to be taken back; 0 unless that is under way.</param>
public sealed record ImportCountsShape(int New, int Change, int Same, int Refused, int Skipped, int Waiting)
{
    internal static ImportCountsShape Of(ShownImport shown) => new(
        shown.Of(RowOutcome.New), shown.Of(RowOutcome.Change), shown.Of(RowOutcome.Same), shown.Of(RowOutcome.Refused),
        shown.Of(RowOutcome.Skipped), shown.Waiting);
}

/// <param name="Line">As a spreadsheet counts; headings are row 1.</param>
/// <param name="Code">Why it is refused; null where it is not.</param>
/// <param name="Column">The key of the column that is at fault.</param>
public sealed record ImportRowShape(
    int Line, string Label, RowOutcome Outcome, string? Code, string? Column, string? Why, IReadOnlyList<ImportChangeShape> Changes)
{
    internal static ImportRowShape Of(ShownRow shown) => new(
        shown.Row.Line, shown.Row.Label, shown.Row.Outcome, shown.Row.Code, shown.Row.Field, (shown.Row.WhyLeft ?? shown.Row.Why)?.Here,
        [.. shown.Changes.Select(change => new ImportChangeShape(change.Column.Here, change.Before.Here, change.After.Here))]);
}

public sealed record ImportChangeShape(string Column, string Before, string After);

/// <param name="Undone">Rows that are as they were before; none yet of bookings.</param>
/// <param name="Left">Rows that were changed since or are in use: they stay.</param>
public sealed record UndoneImportShape(ImportShape Import, int Undone, int Left);
