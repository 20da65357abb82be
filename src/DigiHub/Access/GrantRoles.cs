using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Access;

/// <param name="ActorId">Who may manage roles of that site or the hub; null for the operator.</param>
/// <param name="SiteId">Null: for the whole hub.</param>
/// <param name="Through">The last day they hold; null: without end.</param>
public sealed record GrantRolesRequest(
    Guid MemberId, IReadOnlyCollection<Role> Roles, Guid? ActorId, int? SiteId = null, LocalDate? Through = null);

/// <summary>Gives a member roles, or another last day; they count at the member's next request.</summary>
public sealed class GrantRoles(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// False if they held them so already. Refuses with role, not_found, own_access, date_out_of_range, through_past, and with
    /// last_administrator where the last lasting administrator would get a last day.
    /// </summary>
    public async Task<Outcome<bool>> Run(GrantRolesRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run<bool>(async db =>
        {
            if (request.Roles.Count == 0)
                return MemberAccess.NoRole;
            var found = await db.ForAccess(
                request.MemberId, request.ActorId, actor => actor.MayManageRolesOf(request.SiteId), now, stop);
            if (!found.IsDone)
                return found.Refusal;
            if (request.MemberId == request.ActorId)
                return MemberAccess.OwnAccess;
            if (request.SiteId is { } siteId && map.Place(siteId) is null)
                return Refusal.NotFound;
            var time = map.ClockOf(request.SiteId);
            if (request.Through is { } last && WhyNot(last, time, now) is { } refusal)
                return refusal;

            List<Role> fresh = [];
            foreach (var role in request.Roles.Distinct())
            {
                if (await IsSo(db, request, role, stop))
                    continue;
                if (role == Role.Administrator && request is { SiteId: null, Through: not null }
                    && await db.IsLastAdministrator(found.Value, stop))
                    return MemberAccess.LastAdministrator;
                await Grant(db, request, role, time, now, stop);
                fresh.Add(role);
            }

            if (fresh.Count > 0)
            {
                var granted = Written(fresh, request.SiteId, request.Through);
                db.Record(now, request.ActorId, MemberActs.RolesGranted, request.MemberId, granted);
                db.TellAccessChanged(
                    found.Value, new(AccessChange.Granted, fresh, request.SiteId, request.Through, request.ActorId), now);
            }

            return fresh.Count > 0;
        }, stop);
    }

    /// <summary>As the audit trail has it: "Organiser, FrontDesk@2 through 2026-12-31".</summary>
    internal static string Written(IEnumerable<Role> roles, int? siteId, LocalDate? through = null) =>
        string.Join(", ", roles.Order().Select(role => new HeldRole(role, siteId)))
            + (through is { } last ? $" through {last:uuuu-MM-dd}" : "");

    private static Refusal? WhyNot(LocalDate through, SiteTime time, Instant now)
    {
        if (!SiteTime.Reaches(through))
            return time.Typed(through.AtMidnight()).Refusal! with { Field = "through" };
        return through < time.DateOf(now) ? MemberAccess.IsOver : null;
    }

    private static Task<RoleGrant?> Known(HubDb db, GrantRolesRequest request, Role role, CancellationToken stop) => db.RoleGrants
        .SingleOrDefaultAsync(grant => grant.MemberId == request.MemberId && grant.Role == role && grant.SiteId == request.SiteId, stop);

    // A last day that is set already is one still to come: days in the past were refused.
    private static async Task<bool> IsSo(HubDb db, GrantRolesRequest request, Role role, CancellationToken stop) =>
        await Known(db, request, role, stop) is { } known && known.Through == request.Through;

    private static async Task Grant(HubDb db, GrantRolesRequest request, Role role, SiteTime time, Instant now, CancellationToken stop)
    {
        var grant = await Known(db, request, role, stop) ?? db.RoleGrants.Add(new RoleGrant
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = request.MemberId,
            Role = role,
            SiteId = request.SiteId,
            GrantedAt = now,
        }).Entity;
        (grant.GrantedById, grant.GrantedAt) = (request.ActorId, now);
        grant.HoldThrough(request.Through, time);
    }
}

internal static class RoleScope
{
    /// <summary>A site's roles by its own administrators and the hub's; the hub's roles only by the latter.</summary>
    public static bool MayManageRolesOf(this Viewer actor, int? siteId) =>
        siteId is { } site ? actor.May(Permission.ManageRoles, site) : actor.May(Permission.ManageRoles);

    /// <summary>The clock of the site; for the hub that of its first site, and UTC before there is one.</summary>
    public static SiteTime ClockOf(this HubDirectory map, int? siteId) =>
        (siteId is { } site ? map.Place(site) : map.Places is [var first, ..] ? first : null)?.Time ?? new SiteTime(DateTimeZone.Utc);
}
