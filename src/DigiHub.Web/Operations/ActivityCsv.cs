using DigiHub.Access;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using NodaTime.Text;

namespace DigiHub.Web.Operations;

/// <summary>GET /admin/audit.csv: what the page shows, without pages; at most <see cref="AllActivity.RowsMax"/> rows, the newest.</summary>
internal static class ActivityCsv
{
    public static void MapActivityCsv(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Paths.ActivityCsv, Run).RequireAuthorization(nameof(Permission.SeeActivity));

    private static async Task<IResult> Run(HttpContext http, AllActivity activity, Catalogue catalogue, DateWords dates)
    {
        var map = await catalogue.Map(http.RequestAborted);
        var asked = ActivityFilter.Of(http, map);
        var found = await activity.Run(asked.Query(dates) with { Before = null }, http.Viewer(), http.RequestAborted, AllActivity.RowsMax);
        if (found is null)
            return Results.NotFound();
        var file = CsvText.Write(found.Rows.Select(row => Row(row, map)).Prepend(Head));
        return Results.File(file, "text/csv; charset=utf-8", "activity.csv");
    }

    private static string[] Head =>
    [
        Speak.T("Time (UTC)", "Zeit (UTC)"), Speak.T("Who", "Wer"), Speak.T("ID of who", "Kennung von wem"), Speak.T("For", "Für"),
        Speak.T("What", "Was"), Speak.T("Thing", "Ding"), Speak.T("Name", "Name"), Speak.T("Detail", "Einzelheit"),
        Speak.T("Changes", "Änderungen"),
    ];

    private static string?[] Row(ActivityRow row, HubDirectory map) =>
    [
        InstantPattern.General.Format(row.Entry.At), row.Actor, row.Entry.ActorId?.ToString(), row.OnBehalfOf, row.Entry.Act,
        row.Entry.Subject?.ToString(),
        row.Member ?? (row.Entry.Subject is { } subject ? ActivityLinks.NameOf(subject, map) : null), row.Entry.Detail, row.Entry.Changes,
    ];
}

/// <summary>What the page of activity is asked for, by its address.</summary>
internal sealed record ActivityFilter(
    string? Who, string? Kind, LocalDate? From, LocalDate? Through, Guid? Before, SiteContext? Site = null)
{
    public static ActivityFilter Of(HttpContext http, HubDirectory map)
    {
        var asked = QueryValues.Of(http);
        return new(asked.Text("who", SearchText.TypedMax), asked.Known("kind", Known, ActWords.Kinds.Select(one => one.Name)),
            asked.Date("from"), asked.Date("through"), asked.Id("before"),
            asked.Site(map));
    }

    public ActivityQuery Query(DateWords dates) => new(Who, Kind, From is { } first ? dates.StartOf(first) : null,
        Through is { } last ? dates.StartOf(last.PlusDays(1)) : null, Before, Site?.Site.Id);

    private static string? Known(string name) => ActWords.Kinds.Select(one => one.Name).FirstOrDefault(one => one == name);
}
