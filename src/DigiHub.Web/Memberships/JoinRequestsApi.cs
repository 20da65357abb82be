using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>Members who ask to join the organisation whose domain their address is of, and the answers of who looks after it.</summary>
internal static class JoinRequestsApi
{
    public static void MapJoinRequestsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/me/joinable-organisations", Joinable).WithTags("Me").WithName("listJoinableOrganisations")
            .WithSummary("List the organisations that I may ask to join: one at most, a verified domain of which my address is of")
            .Produces<Page<JoinableOrganisationShape>>();
        var requests = api.MapGroup("/organisations/{slug}/join-requests").WithTags("Organisations");
        requests.MapGet("/", List).WithName("listJoinRequests")
            .WithSummary("List who asks to join an organisation that I look after, the oldest first").Produces<Page<JoinRequestShape>>();
        requests.MapPost("/", Ask).WithName("askToJoin")
            .WithSummary("Ask to join an organisation that I may ask; asking again changes nothing").Produces<OwnJoinRequestShape>();
        requests.MapPost("/{requestId:guid}/accept", Accept).WithName("acceptJoinRequest")
            .WithSummary("Let in who asks to join").Produces<PersonShape>();
        requests.MapPost("/{requestId:guid}/decline", Decline).WithName("declineJoinRequest")
            .WithSummary("Decline who asks to join; they are told by e-mail").Produces<OwnJoinRequestShape>();
    }

    private static async Task<IResult> Joinable(HttpContext http, AskOrganisation ask, CancellationToken stop) =>
        Results.Ok(new Page<JoinableOrganisationShape>(await ask.For(http.User.MemberId()!.Value, stop) is { } found
            ? [new(found.Organisation.Slug, found.Organisation.Name, found.LapsesAt)]
            : [], Next: null));

    // Bounded by the organisation itself (Organisation.PeopleMax): one page is all there is.
    private static async Task<IResult> List(string slug, HttpContext http, MembershipRequests requests, CancellationToken stop) =>
        await requests.Of(slug, http.User.MemberId()!.Value, stop) is { } rows
            ? Results.Ok(new Page<JoinRequestShape>([.. rows.Select(JoinRequestShape.Of)], Next: null))
            : Problems.NotFound;

    private static async Task<IResult> Ask(string slug, HttpContext http, AskOrganisation ask, CancellationToken stop)
    {
        var asked = await ask.Run(http.User.MemberId()!.Value, stop, slug);
        return asked.IsDone ? Results.Ok(OwnJoinRequestShape.Of(asked.Value, slug)) : asked.Refusal.ToProblem();
    }

    private static async Task<IResult> Accept(
        string slug, Guid requestId, HttpContext http, MembershipRequests requests, OrganisationPeople people, CancellationToken stop)
    {
        var actorId = http.User.MemberId()!.Value;
        if (!await IsOf(slug, requestId, actorId, requests, stop))
            return Problems.NotFound;
        var accepted = await requests.Accept(requestId, actorId, stop);
        if (!accepted.IsDone)
            return accepted.Refusal.ToProblem();
        return await people.Find(slug, accepted.Value.MemberId, actorId, stop) is { } view
            ? Results.Ok(PersonShape.Of(view.Person))
            : Problems.NotFound;
    }

    private static async Task<IResult> Decline(
        string slug, Guid requestId, HttpContext http, MembershipRequests requests, CancellationToken stop)
    {
        var actorId = http.User.MemberId()!.Value;
        if (!await IsOf(slug, requestId, actorId, requests, stop))
            return Problems.NotFound;
        var declined = await requests.Decline(requestId, actorId, stop);
        return declined.IsDone ? Results.Ok(OwnJoinRequestShape.Of(declined.Value, slug)) : declined.Refusal.ToProblem();
    }

    private static async Task<bool> IsOf(
        string slug, Guid requestId, Guid actorId, MembershipRequests requests, CancellationToken stop) =>
        await requests.Of(slug, actorId, stop) is { } waiting && waiting.Any(one => one.Request.Id == requestId);
}

/// <param name="LapsesAt">Of a request that waits; null: not asked yet.</param>
public sealed record JoinableOrganisationShape(string Slug, string Name, Instant? LapsesAt);

/// <param name="LapsesAt">From then on nobody can answer it, and who asked is told.</param>
public sealed record JoinRequestShape(Guid Id, Guid MemberId, string Name, string Email, Instant AskedAt, Instant LapsesAt)
{
    internal static JoinRequestShape Of(ListedMembershipRequest one) => new(
        one.Request.Id, one.Request.MemberId, one.Name, one.Email.Shown, one.Request.AskedAt, one.Request.LapsesAt);
}

/// <param name="LapsesAt">From then on nobody can answer it, and who asked is told.</param>
public sealed record OwnJoinRequestShape(Guid Id, string Organisation, Instant AskedAt, Instant LapsesAt)
{
    internal static OwnJoinRequestShape Of(MembershipRequest one, string slug) => new(one.Id, slug, one.AskedAt, one.LapsesAt);
}
