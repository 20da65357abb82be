using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Memberships;

/// <summary>Invitations to the hub and to organisations.</summary>
internal static class InvitationsApi
{
    public static void MapInvitationsApi(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/invitations").WithTags("Invitations");
        all.MapGet("/", List).RequireAuthorization(nameof(Permission.ManageMembers)).WithName("listInvitations")
            .WithSummary("List the invitations that are neither accepted nor withdrawn, the latest first")
            .Produces<Page<InvitationShape>>();
        all.MapPost("/", (InvitationsInput input, HttpContext http, InvitePeople invite, Idempotency once, CancellationToken stop) =>
            Invite(slug: null, input, http, invite, once, stop))
            .RequireAuthorization(nameof(Permission.ManageMembers)).WithName("inviteToHub")
            .WithSummary("Invite people to the hub, without an organisation").Produces<InvitedShape>();
        all.MapDelete("/{invitationId:guid}", Withdraw).WithMetadata(Unversioned.Mark).WithName("withdrawInvitation")
            .WithSummary("Withdraw an invitation").Produces<InvitationShape>();

        var own = api.MapGroup("/organisations/{slug}/invitations").WithTags("Invitations");
        own.MapGet("/", OfOrganisation).WithName("listInvitationsOfOrganisation")
            .WithSummary("List the open and expired invitations to an organisation that I look after, the latest first")
            .Produces<Page<InvitationShape>>();
        own.MapPost("/", (string slug, InvitationsInput input, HttpContext http, InvitePeople invite, Idempotency once,
            CancellationToken stop) => Invite(slug, input, http, invite, once, stop)).WithName("invite")
            .WithSummary("Invite people to an organisation that I look after; a standing invitation is renewed").Produces<InvitedShape>();
    }

    // Bounded by the question itself (InvitationList.CountMax): one page is all there is.
    private static async Task<IResult> List(HttpContext http, InvitationList list, CancellationToken stop) =>
        Results.Ok(PageOf(await list.All(http.User.MemberId()!.Value, stop)));

    private static async Task<IResult> OfOrganisation(string slug, HttpContext http, InvitationList list, CancellationToken stop) =>
        await list.Of(slug, http.User.MemberId()!.Value, stop) is { } rows ? Results.Ok(PageOf(rows)) : Problems.NotFound;

    private static Page<InvitationShape> PageOf(IReadOnlyList<ListedInvitation> rows) =>
        new([.. rows.Select(row => InvitationShape.Of(row.Invitation, row.Slug))], Next: null);

    private static Task<IResult> Invite(
        string? slug, InvitationsInput input, HttpContext http, InvitePeople invite, Idempotency once, CancellationToken stop) =>
        once.Run<PeopleInvited>(
            http,
            along => invite.Run(new(http.User.MemberId()!.Value, slug, string.Join('\n', input.Addresses ?? []),
                input.Role ?? MembershipRole.Member, input.Language ?? Language.German), stop, along),
            invited => Answer.Of(StatusCodes.Status200OK, InvitedShape.Of(invited)));

    private static async Task<IResult> Withdraw(
        Guid invitationId, HttpContext http, WithdrawInvitation withdraw, CancellationToken stop)
    {
        var withdrawn = await withdraw.Run(invitationId, http.User.MemberId()!.Value, stop);
        return withdrawn.IsDone ? Results.Ok(InvitationShape.Of(withdrawn.Value, slug: null)) : withdrawn.Refusal.ToProblem();
    }
}

[FieldsMayBeLeftOut]
public sealed record InvitationsInput
{
    /// <summary>At most 50.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>In the organisation; member if it is left out.</summary>
    public MembershipRole? Role { get; init; }

    /// <summary>Of the e-mail; German if it is left out.</summary>
    public Language? Language { get; init; }
}

/// <param name="Emails">How many are on their way.</param>
public sealed record InvitedShape(int Emails, IReadOnlyList<InvitedAddressShape> Addresses)
{
    internal static InvitedShape Of(PeopleInvited invited) =>
        new(invited.Emails, [.. invited.Addresses.Select(one => new InvitedAddressShape(one.Email.Shown, one.As))]);
}

/// <param name="As">new, renewed, or member for who belongs there already and gets no e-mail.</param>
public sealed record InvitedAddressShape(string Email, InvitedAs As);

/// <param name="Organisation">Its name in addresses; null: to the hub alone.</param>
public sealed record InvitationShape(
    Guid Id, string Email, string? Organisation, MembershipRole Role, Instant InvitedAt, Instant ExpiresAt)
{
    internal static InvitationShape Of(Invitation invitation, string? slug) => new(
        invitation.Id, invitation.Email.Shown, slug, invitation.Role, invitation.InvitedAt, invitation.ExpiresAt);
}
