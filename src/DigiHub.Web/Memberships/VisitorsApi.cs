using DigiHub.Access;
using DigiHub.Memberships;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>Visitors who ask to join by the form of the hub, for who manages members.</summary>
internal static class VisitorsApi
{
    public static void MapVisitorsApi(this RouteGroupBuilder api)
    {
        var requests = api.MapGroup("/join-requests").RequireAuthorization(nameof(Permission.ManageMembers)).WithTags("Invitations");
        requests.MapGet("/", List).WithName("listVisitorRequests")
            .WithSummary("List the visitors who ask to join, the oldest first").Produces<Page<VisitorRequestShape>>();
        requests.MapPost("/{visitorRequestId:guid}/invite", Invite).WithName("inviteVisitor")
            .WithSummary("Answer a visitor with an invitation, in their language").Produces<VisitorRequestShape>();
        requests.MapPost("/{visitorRequestId:guid}/decline", Decline).WithName("declineVisitor")
            .WithSummary("Decline a visitor, who is not told: the address is not proven").Produces<VisitorRequestShape>();
    }

    // Bounded by the form itself (JoinRequest.WaitingMax): one page is all there is.
    private static async Task<IResult> List(HttpContext http, JoinRequests requests, CancellationToken stop) =>
        Results.Ok(new Page<VisitorRequestShape>(
            [.. (await requests.All(http.Viewer(), stop)).Select(VisitorRequestShape.Of)], Next: null));

    private static async Task<IResult> Invite(
        Guid visitorRequestId, VisitorInvitationInput input, HttpContext http, JoinRequests requests, CancellationToken stop) =>
        Answered(await requests.Invite(visitorRequestId, input.Organisation, http.User.MemberId()!.Value, stop));

    private static async Task<IResult> Decline(
        Guid visitorRequestId, HttpContext http, JoinRequests requests, CancellationToken stop) =>
        Answered(await requests.Decline(visitorRequestId, http.User.MemberId()!.Value, stop));

    private static IResult Answered(Outcome<JoinRequest> answered) =>
        answered.IsDone ? Results.Ok(VisitorRequestShape.Of(answered.Value)) : answered.Refusal.ToProblem();
}

/// <param name="Organisation">Invites into this one, by its name in addresses; null: to the hub alone.</param>
public sealed record VisitorInvitationInput(string? Organisation);

/// <param name="Email">Not proven.</param>
/// <param name="Organisation">As they call it; null: none.</param>
/// <param name="LapsesAt">Deleted then, if nobody has decided.</param>
public sealed record VisitorRequestShape(
    Guid Id, string Name, string Email, Language Language, string? Organisation, string? Text, Instant AskedAt, Instant LapsesAt)
{
    internal static VisitorRequestShape Of(JoinRequest one) => new(
        one.Id, one.Name.Text, one.Email.Shown, one.Language, one.Organisation, one.Text, one.AskedAt, one.AskedAt + JoinRequest.Kept);
}
