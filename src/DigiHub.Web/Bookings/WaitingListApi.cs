using DigiHub.Bookings;
using DigiHub.Bookings.Waiting;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>/waiting-list: to wait for what is taken, and to answer offers. Each act can be repeated without harm.</summary>
internal static class WaitingListApi
{
    public static void MapWaitingListApi(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/waiting-list").WithTags("Waiting list");
        all.MapPost("/", Post).WithName("joinWaitingList")
            .WithSummary("Wait for a space, any of a pool, or whatever fits a wish. The same again is the same entry")
            .Produces<WaitingShape>();
        all.MapGet("/", List).WithName("listWaiting").WithSummary("List what I wait for, with my place").Produces<WaitingShape[]>();
        all.MapGet("/{id:guid}", Get).WithName("getWaiting").WithSummary("Get an entry, also one that has ended").Produces<WaitingShape>();
        all.MapDelete("/{id:guid}", Delete).WithMetadata(Unversioned.Mark).WithName("leaveWaitingList")
            .WithSummary("End an entry. What was offered goes to the next").Produces<WaitingShape>();
        all.MapPost("/{id:guid}/accept", Accept).WithName("acceptOffer")
            .WithSummary("Book what is offered").Produces<BookingShape>();
        all.MapPost("/{id:guid}/decline", Decline).WithName("declineOffer")
            .WithSummary("Decline what is offered. The place stays").Produces<WaitingShape>();
    }

    private static async Task<IResult> Post(
        WaitingInput input, HttpContext http, JoinWaitingList join, MyWaitingList list, Catalogue catalogue, CancellationToken stop)
    {
        var when = input.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        var map = await catalogue.Map(stop);
        if (input.Site is { } slug && map.Place(slug) is null)
            return Problems.UnknownSite(slug);
        var joined = await join.Run(
            new()
            {
                ActorId = http.User.MemberId()!.Value,
                MemberId = input.MemberId,
                SpaceId = input.SpaceId,
                PoolId = input.PoolId,
                Kind = input.Kind ?? SpaceKind.Room,
                SiteId = input.Site is null ? null : map.Place(input.Site)!.Site.Id,
                When = when.Value,
                Minutes = input.Minutes,
                People = input.People,
                Equipment = (input.Equipment ?? []).ToHashSet(StringComparer.Ordinal),
                AutoAccept = input.AutoAccept == true,
                IsFirst = input.First == true,
            }, stop);
        return joined.IsDone ? await Shown(joined.Value.Id, http, list, map, stop) : joined.Refusal.ToProblem();
    }

    private static async Task<IResult> List(HttpContext http, MyWaitingList list, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return Results.Ok((await list.Of(http.User.MemberId()!.Value, stop)).Select(view => WaitingShape.Of(view, map)).ToArray());
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, MyWaitingList list, Catalogue catalogue, CancellationToken stop) =>
        await Shown(id, http, list, await catalogue.Map(stop), stop);

    private static async Task<IResult> Delete(
        Guid id, HttpContext http, LeaveWaitingList leave, MyWaitingList list, Catalogue catalogue, CancellationToken stop)
    {
        var left = await leave.Run(id, http.User.MemberId()!.Value, stop);
        return left.IsDone ? await Shown(id, http, list, await catalogue.Map(stop), stop) : left.Refusal.ToProblem();
    }

    private static async Task<IResult> Accept(
        Guid id, HttpContext http, AnswerOffer answer, MyWaitingList list, Catalogue catalogue, CancellationToken stop)
    {
        if (await list.LastOffer(id, http.Viewer(), stop) is not { } offerId)
            return Problems.NotFound;
        var booked = await answer.Accept(offerId, http.User.MemberId()!.Value, stop);
        if (!booked.IsDone)
            return booked.Refusal.ToProblem();
        var map = await catalogue.Map(stop);
        var space = map.Space(booked.Value.SpaceId)!;
        return Answer.Of(StatusCodes.Status200OK, BookingShape.Of(booked.Value, space, map.PlaceOf(space)), booked.Value.Revision);
    }

    private static async Task<IResult> Decline(
        Guid id, HttpContext http, AnswerOffer answer, MyWaitingList list, Catalogue catalogue, CancellationToken stop)
    {
        if (await list.LastOffer(id, http.Viewer(), stop) is not { } offerId)
            return Problems.NotFound;
        var declined = await answer.Decline(offerId, http.User.MemberId()!.Value, stop);
        return declined.IsDone ? await Shown(id, http, list, await catalogue.Map(stop), stop) : declined.Refusal.ToProblem();
    }

    private static async Task<IResult> Shown(Guid id, HttpContext http, MyWaitingList list, HubDirectory map, CancellationToken stop) =>
        await list.Find(id, http.Viewer(), stop) is { } view ? Results.Ok(WaitingShape.Of(view, map)) : Problems.NotFound;
}

/// <summary>
/// What somebody waits for: a spaceId, a poolId, or a kind at a site or at any. When: start and end on the site's clock; or day with part;
/// or day and through. With minutes that is a window, in which any time so long will do.
/// </summary>
[FieldsMayBeLeftOut]
public sealed record WaitingInput
{
    public int? SpaceId { get; init; }

    public int? PoolId { get; init; }

    /// <summary>Without a space and a pool; left out: a room.</summary>
    public SpaceKind? Kind { get; init; }

    /// <summary>The slug; left out: any.</summary>
    public string? Site { get; init; }

    public LocalDateTime? Start { get; init; }

    public LocalDateTime? End { get; init; }

    public LocalDate? Day { get; init; }

    public DayPart? Part { get; init; }

    public LocalDate? Through { get; init; }

    /// <summary>So long, at any time of the window; left out: all of it.</summary>
    public int? Minutes { get; init; }

    public int? People { get; init; }

    /// <summary>Keys of what has to stand in it.</summary>
    public IReadOnlyList<string>? Equipment { get; init; }

    /// <summary>Books what becomes free at once, without an offer.</summary>
    public bool? AutoAccept { get; init; }

    /// <summary>Before the others; the front desk only.</summary>
    public bool? First { get; init; }

    /// <summary>Who waits; the front desk only.</summary>
    public Guid? MemberId { get; init; }

    internal Outcome<When> When()
    {
        var when = new BookingInput { Start = Start, End = End, Day = Day, Part = Part, Through = Through }.When();
        if (!when.IsDone)
            return when.Refusal;
        return when.Value is { } said
            ? said
            : new Refusal("missing", new("\"start\" is required.", "„start“ ist erforderlich.")) { Field = "start" };
    }
}

/// <summary>An entry of the waiting list. Start and end are on the site's clock.</summary>
/// <param name="SpaceId">This very space; null where others will do.</param>
/// <param name="Site">Null: any.</param>
/// <param name="Minutes">So long, at any time between start and end; null: exactly from start to end.</param>
/// <param name="Place">1 for who gets the next offer; null once it has ended.</param>
/// <param name="Offer">What is held for it just now.</param>
public sealed record WaitingShape(
    Guid Id, WaitingStatus Status, Guid MemberId, int? SpaceId, int? PoolId, SpaceKind Kind, string? Site, int? People,
    IReadOnlyList<string> Equipment, LocalDateTime Start, LocalDateTime End, int? Minutes, bool AutoAccept, bool First, Instant JoinedAt,
    Instant? EndedAt, Guid? BookingId, int? Place, OfferShape? Offer)
{
    internal static WaitingShape Of(WaitingView view, HubDirectory map)
    {
        var entry = view.Entry;
        return new(
            entry.Id, entry.Status, entry.MemberId, entry.SpaceId, entry.PoolId, entry.Kind, view.Site?.Site.Slug, entry.People,
            [.. entry.Things.Order(StringComparer.Ordinal)], entry.FromLocal, entry.UntilLocal, entry.Minutes, entry.AutoAccept,
            entry.IsFirst, entry.JoinedAt, entry.EndedAt, entry.BookingId, entry.IsOpen ? view.Place : null,
            view.Offer is { } offer && map.Space(offer.SpaceId) is { } space
                ? new(space.Id, space.Name, map.PlaceOf(space).Site.Slug, offer.StartLocal, offer.EndLocal, offer.Until)
                : null);
    }
}

/// <param name="Until">From then on it can no longer be accepted.</param>
public sealed record OfferShape(int SpaceId, string Space, string Site, LocalDateTime Start, LocalDateTime End, Instant Until);
