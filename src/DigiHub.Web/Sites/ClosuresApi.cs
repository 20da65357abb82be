using DigiHub.Access;
using DigiHub.Closures;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Sites;

/// <summary>Closing a site on whole days, and taking a desk or room out of service.</summary>
internal static class ClosuresApi
{
    public static void MapClosuresApi(this RouteGroupBuilder api)
    {
        var ofSite = api.MapGroup("/sites/{slug}/closures").WithTags("Sites").RequireAuthorization(nameof(Permission.ManageClosures));
        ofSite.MapPost("/", Close).WithName("closeSite")
            .WithSummary("Close a site on whole days. What is booked stays, and those people are told")
            .Produces<ClosureShape>(StatusCodes.Status201Created);
        ofSite.MapPatch("/{closureId:int}", Change).AcceptsMergePatch<ClosurePatch>().WithMetadata(Unversioned.Mark)
            .WithName("changeClosure").WithSummary("Give a closure other days or another reason").Produces<ClosureShape>();
        ofSite.MapDelete("/{closureId:int}", End).WithMetadata(Unversioned.Mark).WithName("endClosure")
            .WithSummary("End a closure: today and the days to come are open again").Produces<ClosureShape>();

        // Who may is asked of the space's site: the front desk for a day, who manages closures for longer.
        var ofSpace = api.MapGroup("/spaces/{id:int}/closures").WithTags("Spaces");
        ofSpace.MapGet("/", List).WithName("listSpaceClosures")
            .WithSummary("List the times at which a desk or room is out of service").Produces<Page<SpaceClosureShape>>();
        ofSpace.MapPost("/", CloseOne).WithName("closeSpace").WithSummary("Take a desk or room out of service for a time")
            .Produces<SpaceClosureShape>(StatusCodes.Status201Created);
        ofSpace.MapDelete("/{closureId:guid}", EndOne).WithMetadata(Unversioned.Mark).WithName("endSpaceClosure")
            .WithSummary("Put a desk or room back into service").Produces<SpaceClosureShape>();
    }

    private static async Task<IResult> Close(
        string slug, ClosureInput input, HttpContext http, CloseSite close, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(slug) is not { } place)
            return Problems.NotFound;
        return await once.Run<ClosureOutcome>(
            http,
            along => close.Run(new(http.User.MemberId()!.Value, place.Site.Id, input.From, input.Through,
                new(input.ReasonEn ?? "", input.ReasonDe ?? "")), stop, along),
            done => Answer.Of(StatusCodes.Status201Created, ClosureShape.Of(done.Closure)));
    }

    private static async Task<IResult> Change(
        string slug, int closureId, ClosurePatch input, HttpContext http, ChangeClosure change, Catalogue catalogue,
        CancellationToken stop)
    {
        if (input.Incomplete is { } incomplete)
            return incomplete;
        if (Known(await catalogue.Map(stop), slug, closureId) is not { } closure)
            return Problems.NotFound;
        var changed = await change.Run(new(closureId, http.User.MemberId()!.Value, input.From ?? closure.From,
            input.Through ?? closure.Through, input.ReasonOnTopOf(closure)), stop);
        return changed.IsDone ? Results.Ok(ClosureShape.Of(changed.Value.Closure)) : changed.Refusal.ToProblem();
    }

    private static async Task<IResult> End(
        string slug, int closureId, HttpContext http, ChangeClosure change, Catalogue catalogue, CancellationToken stop)
    {
        if (Known(await catalogue.Map(stop), slug, closureId) is null)
            return Problems.NotFound;
        var ended = await change.End(closureId, http.User.MemberId()!.Value, stop);
        return ended.IsDone ? Results.Ok(ClosureShape.Of(ended.Value.Closure)) : ended.Refusal.ToProblem();
    }

    private static Closure? Known(HubDirectory map, string slug, int closureId) =>
        map.Place(slug)?.Site.Closures.FirstOrDefault(one => one.Id == closureId);

    private static async Task<IResult> List(int id, Catalogue catalogue, SpaceClosures closures, CancellationToken stop) =>
        (await catalogue.Map(stop)).Space(id) is { } space
            ? Results.Ok(new Page<SpaceClosureShape>([.. (await closures.Run([space.Id], stop)).Select(SpaceClosureShape.Of)], Next: null))
            : Problems.NotFound;

    private static Task<IResult> CloseOne(
        int id, SpaceClosureInput input, HttpContext http, CloseSpace close, Idempotency once, CancellationToken stop) =>
        once.Run<SpaceClosure>(
            http,
            along => close.Run(new(http.User.MemberId()!.Value, id, input.From, input.Until,
                new(input.ReasonEn ?? "", input.ReasonDe ?? "")), stop, along),
            done => Answer.Of(StatusCodes.Status201Created, SpaceClosureShape.Of(done)));

    private static async Task<IResult> EndOne(
        int id, Guid closureId, HttpContext http, CloseSpace close, SpaceClosures closures, CancellationToken stop)
    {
        if (!(await closures.Run([id], stop)).Any(one => one.Id == closureId))
            return Problems.NotFound;
        var ended = await close.End(closureId, http.User.MemberId()!.Value, stop);
        return ended.IsDone ? Results.Ok(SpaceClosureShape.Of(ended.Value)) : ended.Refusal.ToProblem();
    }
}

/// <param name="From">The first closed day, on the site’s calendar.</param>
/// <param name="Through">The last closed day.</param>
/// <param name="ReasonDe">What members read; one of the two is needed.</param>
[FieldsMayBeLeftOut]
public sealed record ClosureInput(LocalDate From, LocalDate Through, string? ReasonDe = null, string? ReasonEn = null);

/// <summary>What is left out stays.</summary>
public sealed record ClosurePatch : MergePatch
{
    public LocalDate? From { get; init => field = Given(value); }

    public LocalDate? Through { get; init => field = Given(value); }

    public string? ReasonDe { get; init => field = Given(value); }

    public string? ReasonEn { get; init => field = Given(value); }

    internal IResult? Incomplete => Lacking((nameof(From), From is null), (nameof(Through), Through is null));

    internal Words ReasonOnTopOf(Closure closure) => new(
        (Has(nameof(ReasonEn)) ? ReasonEn : closure.Reason.English) ?? "",
        (Has(nameof(ReasonDe)) ? ReasonDe : closure.Reason.German) ?? "");
}

/// <param name="From">On the site’s clock.</param>
/// <param name="Until">The first moment at which it can be used again.</param>
/// <param name="ReasonDe">What members read; one of the two is needed.</param>
[FieldsMayBeLeftOut]
public sealed record SpaceClosureInput(LocalDateTime From, LocalDateTime Until, string? ReasonDe = null, string? ReasonEn = null);

/// <param name="From">On the site’s clock.</param>
public sealed record SpaceClosureShape(Guid Id, int SpaceId, LocalDateTime From, LocalDateTime Until, string Reason)
{
    internal static SpaceClosureShape Of(SpaceClosure closure) =>
        new(closure.Id, closure.SpaceId, closure.LocalStart, closure.LocalEnd, closure.Reason.Here);
}
