using DigiHub.Bookings.Proposals;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>
/// /swaps and /hand-overs: two members exchange bookings, or one gives theirs to a colleague. Nothing changes until it is accepted.
/// </summary>
internal static class ProposalsApi
{
    public static void MapProposalsApi(this RouteGroupBuilder api)
    {
        var swaps = api.MapGroup("/swaps").WithTags("Swaps and hand-overs");
        swaps.MapPost("/", PostSwap).WithName("proposeSwap")
            .WithSummary("Ask the person who has booked something else to swap. You don’t learn who it is").Produces<ProposalShape>();
        swaps.MapGet("/", ListSwaps).WithName("listSwaps").WithSummary("List swaps I asked for or am asked for")
            .Produces<ProposalShape[]>();
        swaps.MapGet("/{id:guid}", GetSwap).WithName("getSwap").WithSummary("Get a swap").Produces<ProposalShape>();
        swaps.MapPost("/{id:guid}/accept", AcceptSwap).WithName("acceptSwap")
            .WithSummary("Accept: both bookings exchange time and space, or neither does").Produces<ProposalShape>();
        swaps.MapPost("/{id:guid}/decline", DeclineSwap).WithName("declineSwap").WithSummary("Decline").Produces<ProposalShape>();
        swaps.MapPost("/{id:guid}/withdraw", WithdrawSwap).WithName("withdrawSwap").WithSummary("Take the question back")
            .Produces<ProposalShape>();

        var handOvers = api.MapGroup("/hand-overs").WithTags("Swaps and hand-overs");
        handOvers.MapPost("/", PostHandOver).WithName("proposeHandOver")
            .WithSummary("Ask a colleague to take over a booking, or all that is ahead of its series").Produces<ProposalShape>();
        handOvers.MapGet("/", ListHandOvers).WithName("listHandOvers").WithSummary("List hand-overs I asked for or am asked for")
            .Produces<ProposalShape[]>();
        handOvers.MapGet("/{id:guid}", GetHandOver).WithName("getHandOver").WithSummary("Get a hand-over").Produces<ProposalShape>();
        handOvers.MapPost("/{id:guid}/accept", AcceptHandOver).WithName("acceptHandOver").WithSummary("Accept: the booking is yours")
            .Produces<ProposalShape>();
        handOvers.MapPost("/{id:guid}/decline", DeclineHandOver).WithName("declineHandOver").WithSummary("Decline")
            .Produces<ProposalShape>();
        handOvers.MapPost("/{id:guid}/withdraw", WithdrawHandOver).WithName("withdrawHandOver").WithSummary("Take the question back")
            .Produces<ProposalShape>();
    }

    private static async Task<IResult> PostSwap(
        SwapInput input, HttpContext http, ProposeSwap propose, MyProposals mine, CancellationToken stop) =>
        await Done(await propose.Run(new(Me(http), input.BookingId, input.SpaceId, input.Start), stop), http, mine, stop);

    private static async Task<IResult> PostHandOver(
        HandOverInput input, HttpContext http, ProposeHandOver propose, MyProposals mine, CancellationToken stop) =>
        await Done(await propose.Run(new(Me(http), input.BookingId, input.MemberId, input.WholeSeries == true), stop), http, mine, stop);

    private static Task<IResult> ListSwaps(HttpContext http, MyProposals mine, CancellationToken stop) =>
        List(ProposalKind.Swap, http, mine, stop);

    private static Task<IResult> ListHandOvers(HttpContext http, MyProposals mine, CancellationToken stop) =>
        List(ProposalKind.HandOver, http, mine, stop);

    private static async Task<IResult> List(ProposalKind kind, HttpContext http, MyProposals mine, CancellationToken stop) =>
        Results.Ok((await mine.Of(Me(http), kind, stop)).Select(view => ProposalShape.Of(view, Me(http))).ToArray());

    private static Task<IResult> GetSwap(Guid id, HttpContext http, MyProposals mine, CancellationToken stop) =>
        Shown(id, ProposalKind.Swap, http, mine, stop);

    private static Task<IResult> GetHandOver(Guid id, HttpContext http, MyProposals mine, CancellationToken stop) =>
        Shown(id, ProposalKind.HandOver, http, mine, stop);

    private static async Task<IResult> AcceptSwap(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.Swap, http, mine, () => answer.Accept(id, Me(http), stop), stop);

    private static async Task<IResult> DeclineSwap(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.Swap, http, mine, () => answer.Decline(id, Me(http), stop), stop);

    private static async Task<IResult> WithdrawSwap(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.Swap, http, mine, () => answer.Withdraw(id, Me(http), stop), stop);

    private static async Task<IResult> AcceptHandOver(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.HandOver, http, mine, () => answer.Accept(id, Me(http), stop), stop);

    private static async Task<IResult> DeclineHandOver(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.HandOver, http, mine, () => answer.Decline(id, Me(http), stop), stop);

    private static async Task<IResult> WithdrawHandOver(
        Guid id, HttpContext http, AnswerProposal answer, MyProposals mine, CancellationToken stop) =>
        await Act(id, ProposalKind.HandOver, http, mine, () => answer.Withdraw(id, Me(http), stop), stop);

    private static async Task<IResult> Act(
        Guid id, ProposalKind kind, HttpContext http, MyProposals mine, Func<Task<Outcome<BookingProposal>>> act, CancellationToken stop) =>
        (await mine.Find(id, Me(http), stop))?.Proposal.Kind == kind ? await Done(await act(), http, mine, stop) : Problems.NotFound;

    private static async Task<IResult> Done(
        Outcome<BookingProposal> outcome, HttpContext http, MyProposals mine, CancellationToken stop) =>
        outcome.IsDone ? await Shown(outcome.Value.Id, outcome.Value.Kind, http, mine, stop) : outcome.Refusal.ToProblem();

    private static async Task<IResult> Shown(Guid id, ProposalKind kind, HttpContext http, MyProposals mine, CancellationToken stop) =>
        await mine.Find(id, Me(http), stop) is { } view && view.Proposal.Kind == kind
            ? Results.Ok(ProposalShape.Of(view, Me(http)))
            : Problems.NotFound;

    private static Guid Me(HttpContext http) => http.User.MemberId()!.Value;
}

/// <param name="BookingId">What is given.</param>
/// <param name="SpaceId">Of what is wanted for it.</param>
/// <param name="Start">When that begins, on the clock of its site.</param>
public sealed record SwapInput(Guid BookingId, int SpaceId, LocalDateTime Start);

/// <param name="MemberId">A colleague: somebody of the same organisation.</param>
/// <param name="WholeSeries">All that is ahead of the booking’s series.</param>
[FieldsMayBeLeftOut]
public sealed record HandOverInput(Guid BookingId, Guid MemberId, bool? WholeSeries = null);

/// <summary>A swap or a hand-over that somebody has asked for.</summary>
/// <param name="IsOpen">It can be answered still.</param>
/// <param name="IsMine">You asked; else you are asked.</param>
/// <param name="FromMemberId">Who asks.</param>
/// <param name="ToMemberId">Who is asked; null to who asks for a swap, as they don’t learn who it is.</param>
/// <param name="Given">What who asks has.</param>
/// <param name="Wanted">What they would like for it; null for a hand-over.</param>
/// <param name="Bookings">How many are handed over.</param>
/// <param name="AnsweredAt">When it was answered or ended.</param>
public sealed record ProposalShape(
    Guid Id, ProposalStatus Status, bool IsOpen, bool IsMine, Guid FromMemberId, Guid? ToMemberId, ProposedShape Given,
    ProposedShape? Wanted, int Bookings, Instant AskedAt, Instant AnswerBy, Instant? AnsweredAt)
{
    internal static ProposalShape Of(ProposalView view, Guid readerId)
    {
        var proposal = view.Proposal;
        return new(
            proposal.Id, proposal.Status, view.IsOpen, proposal.FromMemberId == readerId, proposal.FromMemberId,
            view.To is null ? null : proposal.ToMemberId, ProposedShape.Of(view.Given),
            view.Wanted is { } wanted ? ProposedShape.Of(wanted) : null, view.Dates,
            proposal.AskedAt, proposal.AnswerBy, proposal.AnsweredAt);
    }
}

/// <summary>A time of a space; start and end are on the site's clock.</summary>
public sealed record ProposedShape(int SpaceId, string Space, string Site, LocalDateTime Start, LocalDateTime End)
{
    internal static ProposedShape Of(ProposedTime time) => new(
        time.Space.Id, time.Space.Name, time.Place.Site.Slug, time.When.Start, time.When.End);
}
