using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>/approvals: what waits, for those who decide and those who see; approve, decline.</summary>
internal static class ApprovalsApi
{
    public static void MapApprovalsApi(this RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("/", List).WithName("listApprovals")
            .WithSummary("List what waits for approval, the soonest to lapse first").Produces<Page<ApprovalShape>>();
        approvals.MapGet("/{id:guid}", Get).WithName("getApproval").WithSummary("Get what waits, or how it was decided")
            .Produces<ApprovalShape>();
        approvals.MapPost("/{id:guid}/approve", Approve).WithName("approveBookings")
            .WithSummary("Approve what waits: of a series all dates that wait").Produces<ApprovalShape>();
        approvals.MapPost("/{id:guid}/decline", Decline).WithName("declineBookings")
            .WithSummary("Decline what waits, with a reason that who booked reads").Produces<ApprovalShape>();
    }

    private static async Task<IResult> List(HttpContext http, WaitingApprovals approvals, IClock clock, CancellationToken stop) =>
        await approvals.Run(http.Viewer(), stop) is { } waiting
            ? Results.Ok(new Page<ApprovalShape>(
                [.. waiting.Select(view => ApprovalShape.Of(view, clock.GetCurrentInstant()))], Next: null))
            : Problems.NotFound;

    private static async Task<IResult> Get(
        Guid id, HttpContext http, WaitingApprovals approvals, IClock clock, CancellationToken stop) =>
        await approvals.Find(id, http.Viewer(), stop) is { } view
            ? Results.Ok(ApprovalShape.Of(view, clock.GetCurrentInstant()))
            : Problems.NotFound;

    private static async Task<IResult> Approve(
        Guid id, HttpContext http, ApproveBookings approve, WaitingApprovals approvals, IClock clock, CancellationToken stop) =>
        await After(await approve.Run(id, http.User.MemberId()!.Value, stop), http, approvals, clock, stop);

    private static async Task<IResult> Decline(
        Guid id, DeclineInput input, HttpContext http, DeclineBookings decline, WaitingApprovals approvals, IClock clock,
        CancellationToken stop) =>
        await After(await decline.Run(id, http.User.MemberId()!.Value, input.Reason, stop), http, approvals, clock, stop);

    private static async Task<IResult> After(
        Outcome<Approval> decided, HttpContext http, WaitingApprovals approvals, IClock clock, CancellationToken stop) =>
        decided.IsDone
            ? await approvals.Find(decided.Value.Id, http.Viewer(), stop) is { } view
                ? Results.Ok(ApprovalShape.Of(view, clock.GetCurrentInstant()))
                : Problems.NotFound
            : decided.Refusal.ToProblem();
}

/// <summary>Why something is declined.</summary>
public sealed record DeclineInput
{
    /// <summary>Who booked reads it.</summary>
    public string? Reason { get; init; }
}

/// <summary>What somebody decides on: one booking, or all dates of a series that wait together.</summary>
/// <param name="Bookings">Those that wait, by start; of one that is decided, those that belonged to it.</param>
/// <param name="MemberName">Whose they are; null: not known any more.</param>
/// <param name="Organisation">Null for a member without one.</param>
/// <param name="People">How many come to the first of them.</param>
/// <param name="LapsesAt">Until when the space is held without an answer.</param>
/// <param name="DecidedAt">Null: not yet.</param>
/// <param name="DecidedBy">Null: nobody yet, or not known any more.</param>
/// <param name="Reason">Why it was declined; null: it was not.</param>
/// <param name="MayDecide">You, and it can be decided still.</param>
public sealed record ApprovalShape(
    Guid Id, ApprovalState State, int SpaceId, string Space, string Site, Guid? SeriesId, IReadOnlyList<Guid> Bookings,
    string? MemberName, string? Organisation, int People, Instant AskedAt, Instant LapsesAt, Instant? DecidedAt, string? DecidedBy,
    string? Reason, bool MayDecide)
{
    internal static ApprovalShape Of(ApprovalView view, Instant now) => new(
        view.Approval.Id, view.StateAt(now), view.Space.Id, view.Space.Name, view.Place.Site.Slug, view.Approval.SeriesId,
        [.. view.Bookings.Select(one => one.Id)], view.MemberName?.Text, view.Organisation, view.People, view.Approval.AskedAt,
        view.Approval.LapsesAt, view.Approval.DecidedAt, view.Decider?.Text, view.Approval.Reason, view.MayDecide);
}
