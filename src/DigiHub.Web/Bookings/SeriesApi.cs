using DigiHub.Bookings.Series;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>/booking-series: bookings that repeat, looked at date by date before they are made or changed.</summary>
internal static class SeriesApi
{
    public static void MapSeriesApi(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/booking-series").WithTags("Series");
        all.MapPost("/preview", Preview).WithName("previewSeries")
            .WithSummary("See what would become of each date of a series. Nothing is reserved").Produces<SeriesPreviewShape>();
        all.MapPost("/", Post).WithName("bookSeries")
            .WithSummary("Book a series: all of its dates, or none").Produces<SeriesShape>(StatusCodes.Status201Created);
        all.MapGet("/", List).WithName("listSeries").WithSummary("List my series of which something is ahead").Produces<SeriesShape[]>();
        all.MapGet("/{id:guid}", Get).WithName("getSeries").WithSummary("Get a series with its bookings").Produces<SeriesWithDates>();
        all.MapPost("/{id:guid}/preview", PreviewChange).WithName("previewSeriesChange")
            .WithSummary("See what a change of a series would do to each date").Produces<SeriesPreviewShape>();
        all.MapPatch("/{id:guid}", Patch).WithName("changeSeries").AcceptsMergePatch<SeriesPatch>()
            .WithSummary("Change one date, that and the following, or all ahead. What is split off is another series")
            .Produces<SeriesShape>();
        all.MapDelete("/{id:guid}", Delete).WithName("cancelSeries")
            .WithSummary("Cancel one date, that and the following, or all ahead").Produces<SeriesCancelledShape>();
    }

    private static async Task<IResult> Preview(SeriesInput input, HttpContext http, PreviewSeries preview, CancellationToken stop)
    {
        var request = input.Request(http.User.MemberId()!.Value);
        if (!request.IsDone)
            return request.Refusal.ToBadRequest();
        var seen = await preview.Run(request.Value, stop);
        return seen.IsDone ? Results.Ok(SeriesPreviewShape.Of(seen.Value)) : seen.Refusal.ToProblem();
    }

    private static async Task<IResult> Post(
        SeriesInput input, HttpContext http, BookSeries book, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var request = input.Request(http.User.MemberId()!.Value);
        if (!request.IsDone)
            return request.Refusal.ToBadRequest();
        var map = await catalogue.Map(stop);
        return await once.Run<BookingSeries>(
            http, async along => (await book.Run(request.Value with { Along = along }, stop)).Outcome,
            series => Answer.Of(
                StatusCodes.Status201Created, SeriesShape.Of(series, map), series.Revision, $"v1/booking-series/{series.Id}"));
    }

    private static async Task<IResult> List(HttpContext http, MySeries mine, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var open = await mine.Open(http.User.MemberId()!.Value, stop);
        return Results.Ok(open.Select(series => SeriesShape.Of(series, map)).ToArray());
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, OneSeries one, Catalogue catalogue, CancellationToken stop) =>
        await one.Find(id, http.Viewer(), stop) is { } view
            ? Answer.Of(StatusCodes.Status200OK, SeriesWithDates.Of(view, await catalogue.Map(stop)), view.Series.Revision)
            : Problems.NotFound;

    private static async Task<IResult> PreviewChange(
        Guid id, SeriesPatch input, HttpContext http, ChangeSeries change, OneSeries one, CancellationToken stop)
    {
        if (await one.Find(id, http.Viewer(), stop) is not { Series: var series })
            return Problems.NotFound;
        var request = input.Request(series, http.User.MemberId()!.Value, revision: null);
        if (!request.IsDone)
            return request.Refusal.ToBadRequest();
        var seen = await change.Preview(request.Value, stop);
        return seen.IsDone ? Results.Ok(SeriesPreviewShape.Of(seen.Value)) : seen.Refusal.ToProblem();
    }

    private static async Task<IResult> Patch(
        Guid id, SeriesPatch input, HttpContext http, ChangeSeries change, OneSeries one, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        problem ??= input.Lacking((nameof(input.SpaceId), input.SpaceId is null));
        if (problem is not null)
            return problem;
        if (await one.Find(id, http.Viewer(), stop) is not { Series: var series })
            return Problems.NotFound;
        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var request = input.Request(series, http.User.MemberId()!.Value, revision ?? series.Revision);
        if (!request.IsDone)
            return request.Refusal.ToBadRequest();
        var changed = await change.Run(request.Value, stop);
        return changed.Refusal is { } refusal
            ? refusal.ToProblem()
            : Answer.Of(StatusCodes.Status200OK, SeriesShape.Of(changed.Series, await catalogue.Map(stop)), changed.Series.Revision);
    }

    private static async Task<IResult> Delete(
        Guid id, Asked<SeriesScope> scope, Asked<LocalDate>? date, Asked<bool>? endsRunning,
        HttpContext http, CancelInSeries cancel, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var cancelled = await cancel.Run(
            new()
            {
                SeriesId = id,
                ActorId = http.User.MemberId()!.Value,
                Scope = scope.Value,
                Date = date?.Value,
                EndsRunning = endsRunning?.Value == true,
                IfRevision = revision,
            }, stop);
        return cancelled.IsDone
            ? Answer.Of(StatusCodes.Status200OK,
                new SeriesCancelledShape(SeriesShape.Of(cancelled.Value.Series, await catalogue.Map(stop)),
                    cancelled.Value.Count, cancelled.Value.HasEndedOne), cancelled.Value.Series.Revision)
            : cancelled.Refusal.ToProblem();
    }
}
