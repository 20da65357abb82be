using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Account;

/// <summary>
/// Who I am, and where I am signed in. Password, address, export and deletion of the account want a fresh proof of who asks, which a token
/// is not: they are done in the browser.
/// </summary>
internal static class MeApi
{
    public static void MapMeApi(this RouteGroupBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Me");
        me.MapGet("/", Get).WithName("getMe").WithSummary("Get my account").Produces<MeShape>();
        me.MapGet("/sessions", Sessions).WithName("listMySessions")
            .WithSummary("List where I am signed in, the session seen last first").Produces<Page<SessionShape>>();
        me.MapDelete("/sessions/{session}", End).WithMetadata(Unversioned.Mark).WithName("endMySession")
            .WithSummary("End one of my sessions, or “all”, and list those that are left").Produces<Page<SessionShape>>();
    }

    private static async Task<IResult> Get(
        HttpContext http, OneMember members, OrganisationPeople organisations, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (await members.Find(http.User.MemberId(), stop) is not { } member)
            return Problems.NotFound;
        var held = await organisations.Of(member.Id, stop);
        return Results.Ok(new MeShape(member.Id, member.Name, member.Email.Shown, member.Language,
            member.HomeSiteId is { } site ? map.Place(site)?.Site.Slug : null,
            [.. held.Select(one => one.Organisation.Slug)], member.ShownTo));
    }

    private static async Task<IResult> Sessions(HttpContext http, Sessions sessions, CancellationToken stop) =>
        Results.Ok(new Page<SessionShape>(
            [.. (await sessions.Of(http.User.MemberId()!.Value, stop)).Select(SessionShape.Of)], Next: null));

    private static async Task<IResult> End(string session, HttpContext http, Sessions sessions, CancellationToken stop)
    {
        var memberId = http.User.MemberId()!.Value;
        if (session == AllSessions)
        {
            await sessions.EndOthers(memberId, exceptKey: null, stop);
            return await Sessions(http, sessions, stop);
        }

        return (await sessions.Of(memberId, stop)).FirstOrDefault(one => SessionShape.IdOf(one) == session) is { } known
            && await sessions.EndOne(memberId, known.Hash, stop)
                ? await Sessions(http, sessions, stop)
                : Problems.NotFound;
    }

    private const string AllSessions = "all";
}

/// <param name="HomeSite">Where I usually am; null: not known.</param>
/// <param name="Organisations">The slugs of those I belong to.</param>
/// <param name="ShownTo">Who sees by name on which days I have a desk: nobody, organisation or hub.</param>
public sealed record MeShape(
    Guid Id, string Name, string Email, Language Language, string? HomeSite, IReadOnlyList<string> Organisations,
    PresenceAudience ShownTo);

/// <param name="Id">Good for ending it, and for nothing else.</param>
/// <param name="Device">As the browser says: “Firefox, Linux”.</param>
public sealed record SessionShape(string Id, string Device, Instant BegunAt, Instant LastSeenAt, Instant ExpiresAt)
{
    internal static SessionShape Of(Session session) =>
        new(IdOf(session), session.Device, session.CreatedAt, session.LastSeenAt, session.ExpiresAt);

    // Of the stored hash, from which nobody finds the key.
    internal static string IdOf(Session session) => Convert.ToHexStringLower(session.Hash)[..16];
}
