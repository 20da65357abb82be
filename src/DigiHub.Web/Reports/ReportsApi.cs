using DigiHub.Access;
using DigiHub.Reports;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Api;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Reports;

/// <summary>The use of the hub as figures, for programs and for spreadsheets.</summary>
internal static class ReportsApi
{
    public static void MapReportsApi(this RouteGroupBuilder api) => api.MapGet("/reports/use", Get)
        .RequireAuthorization(nameof(Permission.SeeAdministration)).WithTags("Reports").WithName("getUse")
        .WithSummary("Get how much of the open hours was booked and used, by kind, space, weekday and hour, and what was wished in vain")
        .Produces<UseShape>();

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/reports/{table}.csv", Csv).RequireAuthorization(nameof(Permission.SeeAdministration));
        routes.MapGet("/admin/reports/{table}.xlsx", Xlsx).RequireAuthorization(nameof(Permission.SeeAdministration));
    }

    private static async Task<IResult> Get(
        string? site, Asked<ReportSpan>? span, Asked<SpaceKind>? hoursOf, HttpContext http, MakeReport make, Catalogue catalogue,
        CancellationToken stop)
    {
        var place = (await catalogue.Map(stop)).Place(site);
        if (place is null && site is not null)
            return Problems.NotFound;
        var request = new ReportRequest(place?.Site.Id, span?.Value ?? ReportSpan.FourWeeks, hoursOf?.Value ?? SpaceKind.Desk);
        return await make.Run(request, http.Viewer(), stop) is { } report ? Results.Ok(UseShape.Of(report)) : Problems.NotFound;
    }

    private static async Task<IResult> Csv(string table, HttpContext http, MakeReport make, Catalogue catalogue) =>
        await Rows(table, http, make, catalogue) is { } rows
            ? Results.File(CsvText.Write(rows), "text/csv; charset=utf-8", $"{table.ToLowerInvariant()}.csv")
            : Results.NotFound();

    private static async Task<IResult> Xlsx(string table, HttpContext http, MakeReport make, Catalogue catalogue) =>
        await Rows(table, http, make, catalogue) is { } rows
            ? Results.File(XlsxText.Write(rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                $"{table.ToLowerInvariant()}.xlsx")
            : Results.NotFound();

    private static async Task<IEnumerable<IReadOnlyList<string?>>?> Rows(
        string table, HttpContext http, MakeReport make, Catalogue catalogue)
    {
        if (FormParse.OneOf<ReportTable>(table) is not { } of)
            return null;
        var request = ReportQuery.Of(http, await catalogue.Map(http.RequestAborted));
        return await make.Run(request, http.Viewer(), http.RequestAborted) is { } report ? ReportTables.Rows(report, of) : null;
    }
}

/// <summary>The report that an address asks for; what it does not say or says wrong is the usual.</summary>
internal static class ReportQuery
{
    public static ReportRequest Of(HttpContext http, HubDirectory map)
    {
        var asked = QueryValues.Of(http);
        return new(asked.Site(map)?.Site.Id, asked.OneOf<ReportSpan>("span") ?? ReportSpan.FourWeeks,
            asked.OneOf<SpaceKind>("kind") ?? SpaceKind.Desk);
    }
}

/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="LeadHours">Half of the bookings were made at least so long before; null without any.</param>
public sealed record UseShape(
    LocalDate From, LocalDate Until, double? LeadHours, IReadOnlyList<KindUseShape> Kinds, IReadOnlyList<SpaceUseShape> Spaces,
    IReadOnlyList<HourUseShape> Hours, IReadOnlyList<WishShape> Wishes)
{
    internal static UseShape Of(Report report) => new(
        report.From, report.Until, report.LeadHours,
        [.. report.Kinds.Select(one => new KindUseShape(one.Kind, one.Spaces, MinutesShape.Of(one.Minutes), one.Bookings, one.NoShows))],
        [.. report.Spaces.Select(one => new SpaceUseShape(
            one.Space.Id, one.Space.Name, one.Place.Site.Slug, MinutesShape.Of(one.Minutes), one.Bookings, one.NoShows))],
        [.. report.Hours.Select(one => new HourUseShape(one.Day, one.Hour, MinutesShape.Of(one.Minutes)))],
        [.. report.Wishes.Select(one => new WishShape(
            report.Places.First(place => place.Site.Id == one.SiteId).Site.Slug, one.Kind, one.Day, one.Hour, one.Code, one.Count))]);
}

/// <param name="Open">Minutes of the opening hours less closures.</param>
public sealed record MinutesShape(long Open, long Booked, long Used)
{
    internal static MinutesShape Of(Minutes minutes) => new(minutes.Open, minutes.Booked, minutes.Used);
}

/// <param name="NoShows">Null: from one to four, which are not counted out.</param>
public sealed record KindUseShape(SpaceKind Kind, int Spaces, MinutesShape Minutes, int Bookings, int? NoShows);

/// <param name="NoShows">Null: from one to four, which are not counted out.</param>
public sealed record SpaceUseShape(int SpaceId, string Space, string Site, MinutesShape Minutes, int Bookings, int? NoShows);

public sealed record HourUseShape(IsoDayOfWeek Day, int Hour, MinutesShape Minutes);

/// <param name="Kind">Null: of any kind.</param>
/// <param name="Code">Of the refusal, or nothing_free for a search that found nothing.</param>
public sealed record WishShape(string Site, SpaceKind? Kind, IsoDayOfWeek Day, int Hour, string Code, int Count);
