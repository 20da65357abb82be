using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Access;

/// <summary>Members and their roles, for who manages them.</summary>
internal static class MembersApi
{
    public static void MapMembersApi(this RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members").WithTags("Members").RequireAuthorization(nameof(Permission.ManageMembers));
        members.MapGet("/", List).WithName("listMembers")
            .WithSummary("List the members by name; a search finds any spelling").Produces<Page<ListedMemberShape>>();
        members.MapGet("/{memberId:guid}", Get).WithName("getMember").WithSummary("Get a member").Produces<MemberShape>();
        members.MapPatch("/{memberId:guid}", Change).AcceptsMergePatch<MemberPatch>().WithMetadata(Unversioned.Mark)
            .WithName("changeMember").WithSummary("Disable a member, or enable them again").Produces<MemberShape>();
        members.MapDelete("/{memberId:guid}/sessions", SignOut).WithMetadata(Unversioned.Mark).WithName("endSessionsOfMember")
            .WithSummary("Sign a member out everywhere").Produces<EndedSessionsShape>();

        // Also for who manages the roles of one site; the use cases ask which.
        var grants = api.MapGroup("/members/{memberId:guid}/grants").WithTags("Members")
            .RequireAuthorization(nameof(Permission.ManageRoles));
        grants.MapPut("/{role}", Grant).WithMetadata(Unversioned.Mark).WithName("grantRole")
            .WithSummary("Give a member a role for the hub or one site, or give it another last day")
            .Produces<HeldRoleShape>();
        grants.MapDelete("/{role}", Revoke).WithMetadata(Unversioned.Mark).WithName("revokeRole")
            .WithSummary("Take a role for the hub or one site away").Produces<HeldRoleShape>();
    }

    private static async Task<IResult> List(
        string? search, Asked<Role>? role, Asked<bool>? disabled, [Range(1, MemberList.PageMax)] Asked<int>? page,
        HttpContext http, MemberList list, Catalogue catalogue, CancellationToken stop)
    {
        var number = page?.Value ?? 1;
        var map = await catalogue.Map(stop);
        var shown = await list.Run(new(search, role?.Value, disabled?.Value, number), http.Viewer(), stop);
        var more = number * MemberList.PageSize < shown.Count && number < MemberList.PageMax;
        return Results.Ok(new Page<ListedMemberShape>(
            [.. shown.Members.Select(one => new ListedMemberShape(one.Id, one.Name, one.Email.Shown, one.Organisation,
                [.. one.Roles.Select(held => HeldRoleShape.Of(held, map))], one.IsDisabled))],
            more ? (number + 1).ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> Get(
        Guid memberId, HttpContext http, MemberList list, Catalogue catalogue, CancellationToken stop) =>
        await list.Find(memberId, http.Viewer(), stop) is { } card
            ? Results.Ok(MemberShape.Of(card, await catalogue.Map(stop)))
            : Problems.NotFound;

    private static async Task<IResult> Change(
        Guid memberId, MemberPatch input, HttpContext http, DisableMember disable, EnableMember enable, MemberList list,
        Catalogue catalogue, CancellationToken stop)
    {
        if (input.Lacking((nameof(input.IsDisabled), input.IsDisabled is null)) is { } incomplete)
            return incomplete;
        if (input.IsDisabled is { } wanted)
        {
            var actorId = http.User.MemberId()!.Value;
            var done = wanted ? await disable.Run(memberId, actorId, stop) : await enable.Run(memberId, actorId, stop);
            if (done.Refusal is { } refusal)
                return refusal.ToProblem();
        }

        return await Get(memberId, http, list, catalogue, stop);
    }

    private static async Task<IResult> SignOut(Guid memberId, HttpContext http, EndSessions end, CancellationToken stop)
    {
        var ended = await end.Run(memberId, http.User.MemberId()!.Value, stop);
        return ended.IsDone ? Results.Ok(new EndedSessionsShape(ended.Value)) : ended.Refusal.ToProblem();
    }

    private static async Task<IResult> Grant(
        Guid memberId, string role, GrantInput input, HttpContext http, GrantRoles grant, Catalogue catalogue, CancellationToken stop)
    {
        if (Known(role) is not { } given || !Reads(await catalogue.Map(stop), input.Site, out var siteId))
            return Problems.NotFound;
        var granted = await grant.Run(new(memberId, [given], http.User.MemberId()!.Value, siteId, input.Through), stop);
        return granted.IsDone ? Results.Ok(new HeldRoleShape(given, input.Site, input.Through)) : granted.Refusal.ToProblem();
    }

    private static async Task<IResult> Revoke(
        Guid memberId, string role, string? site, HttpContext http, RevokeRoles revoke, Catalogue catalogue, CancellationToken stop)
    {
        if (Known(role) is not { } taken || !Reads(await catalogue.Map(stop), site, out var siteId))
            return Problems.NotFound;
        var revoked = await revoke.Run(new(memberId, [taken], http.User.MemberId()!.Value, siteId), stop);
        return revoked.IsDone ? Results.Ok(new HeldRoleShape(taken, site, Through: null)) : revoked.Refusal.ToProblem();
    }

    private static Role? Known(string word) => AskedForm<Role>.Read(word);

    /// <summary>The hub for none; false for a site that is not there.</summary>
    private static bool Reads(HubDirectory map, string? slug, out int? siteId)
    {
        siteId = slug is null ? null : map.Place(slug)?.Site.Id;
        return slug is null || siteId is not null;
    }
}

/// <param name="Site">Null: for the whole hub.</param>
/// <param name="Through">The last day it holds, on the clock of the site; null: without end.</param>
[FieldsMayBeLeftOut]
public sealed record GrantInput(string? Site = null, LocalDate? Through = null);

public sealed record MemberPatch : MergePatch
{
    /// <summary>True: they can no longer sign in, and sessions, tokens and the calendar link end at once.</summary>
    public bool? IsDisabled { get; init => field = Given(value); }
}

/// <param name="Site">Null: for the whole hub.</param>
/// <param name="Through">The last day it holds; null: without end, and in lists.</param>
public sealed record HeldRoleShape(Role Role, string? Site, LocalDate? Through)
{
    internal static HeldRoleShape Of(HeldRole held, HubDirectory map, LocalDate? through = null) =>
        new(held.Role, held.SiteId is { } id ? map.Place(id)?.Site.Slug : null, through);
}

/// <param name="Organisation">The name of the one that is home; null: of none.</param>
public sealed record ListedMemberShape(
    Guid Id, string Name, string Email, string? Organisation, IReadOnlyList<HeldRoleShape> Roles, bool IsDisabled);

/// <param name="Organisations">The slugs, the one that is home first.</param>
/// <param name="LastSeenAt">Of the sessions that there are; null without one.</param>
public sealed record MemberShape(
    Guid Id, string Name, string Email, IReadOnlyList<string> Organisations, IReadOnlyList<HeldRoleShape> Roles,
    int Sessions, Instant? LastSeenAt, Instant CreatedAt, Instant? DisabledAt)
{
    internal static MemberShape Of(MemberCard card, HubDirectory map) => new(
        card.Member.Id, card.Member.Name, card.Member.Email.Shown, [.. card.Memberships.Select(one => one.Organisation.Slug)],
        [.. card.Grants.Select(grant => HeldRoleShape.Of(grant.Held, map, grant.Through))],
        card.Sessions, card.LastSeenAt, card.Member.CreatedAt, card.Member.DisabledAt);
}

/// <param name="Sessions">How many there were.</param>
public sealed record EndedSessionsShape(int Sessions);
