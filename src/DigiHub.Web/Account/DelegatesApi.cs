using DigiHub.Access;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Account;

/// <summary>/me/delegations: who books for me, and for whom I book.</summary>
internal static class DelegatesApi
{
    public static void MapDelegatesApi(this RouteGroupBuilder api)
    {
        var delegations = api.MapGroup("/me/delegations").WithTags("Me");
        delegations.MapGet("/", List).WithName("listMyDelegations")
            .WithSummary("List who books for me, and for whom I book").Produces<DelegationsShape>();
        delegations.MapPost("/", Add).WithName("addMyDelegate")
            .WithSummary("Let a colleague book for me, or change until when").Produces<DelegationsShape>();
        delegations.MapDelete("/{id:guid}", End).WithMetadata(Unversioned.Mark).WithName("endDelegation")
            .WithSummary("End that somebody books for me, or that I book for somebody").Produces<DelegationsShape>();
    }

    private static async Task<IResult> List(HttpContext http, DelegationsOf delegations, CancellationToken stop)
    {
        var lists = await delegations.Run(http.User.MemberId()!.Value, stop);
        return Results.Ok(new DelegationsShape(
            [.. lists.Delegates.Select(one => DelegationShape.Of(one, one.Delegation.DelegateId))],
            [.. lists.For.Select(one => DelegationShape.Of(one, one.Delegation.MemberId))]));
    }

    private static async Task<IResult> Add(
        DelegateInput input, HttpContext http, AddDelegate add, DelegationsOf delegations, CancellationToken stop)
    {
        if (input.DelegateId is not { } delegateId)
            return Problems.Bad("missing", new("\"delegateId\" is required.", "„delegateId“ ist erforderlich."), "delegateId");
        var added = await add.Run(new(http.User.MemberId()!.Value, delegateId, input.SeesTitles == true, input.Through), stop);
        return added.IsDone ? await List(http, delegations, stop) : added.Refusal.ToProblem();
    }

    private static async Task<IResult> End(
        Guid id, HttpContext http, EndDelegation end, DelegationsOf delegations, CancellationToken stop)
    {
        var ended = await end.Run(id, http.User.MemberId()!.Value, stop);
        return ended.IsDone ? await List(http, delegations, stop) : ended.Refusal.ToProblem();
    }
}

/// <summary>A colleague who is to book for me.</summary>
public sealed record DelegateInput
{
    /// <summary>A member of one of my organisations.</summary>
    public Guid? DelegateId { get; init; }

    /// <summary>They also read what my bookings are for; left out: not.</summary>
    public bool? SeesTitles { get; init; }

    /// <summary>The last day; left out: without end.</summary>
    public LocalDate? Through { get; init; }
}

/// <param name="Delegates">Who books for me.</param>
/// <param name="For">For whom I book.</param>
public sealed record DelegationsShape(IReadOnlyList<DelegationShape> Delegates, IReadOnlyList<DelegationShape> For);

/// <param name="MemberId">Of the other one.</param>
/// <param name="Through">The last day; null: without end.</param>
public sealed record DelegationShape(Guid Id, Guid MemberId, string Name, bool SeesTitles, LocalDate? Through)
{
    internal static DelegationShape Of(DelegationView view, Guid otherId) =>
        new(view.Delegation.Id, otherId, view.Other.Text, view.Delegation.SeesTitles, view.Delegation.Through);
}
