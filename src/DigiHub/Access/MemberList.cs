using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Text;

namespace DigiHub.Access;

/// <summary>Whom to list; null asks for nothing in particular.</summary>
/// <param name="Text">Part of a name or an address, however it is spelled.</param>
/// <param name="Role">At a site or for the hub.</param>
/// <param name="IsDisabled">True: those alone who cannot sign in; false: all others.</param>
/// <param name="Page">From 1, of <see cref="MemberList.PageSize"/>.</param>
public sealed record MemberListQuery(string? Text = null, Role? Role = null, bool? IsDisabled = null, int Page = 1);

/// <param name="Organisation">The one that is home; null: of none.</param>
/// <param name="Roles">Those in force.</param>
public sealed record ListedMember(
    Guid Id, PersonName Name, EmailAddress Email, string? Organisation, IReadOnlyList<HeldRole> Roles, bool IsDisabled);

/// <param name="Count">Of all that were found.</param>
public sealed record ListedMembers(IReadOnlyList<ListedMember> Members, int Count);

/// <summary>A member as who manages members sees them.</summary>
/// <param name="Memberships">Those that stand, the one that is home first.</param>
/// <param name="Grants">Those in force.</param>
/// <param name="Sessions">How many there are.</param>
/// <param name="LastSeenAt">Of the sessions that there are; null without one.</param>
public sealed record MemberCard(
    Member Member, IReadOnlyList<HeldMembership> Memberships, IReadOnlyList<RoleGrant> Grants, int Sessions, Instant? LastSeenAt);

public sealed record HeldMembership(Membership Membership, Organisation Organisation);

/// <summary>All members of the hub by name, and each by itself, for those who manage them.</summary>
public sealed class MemberList(HubDbFactory databases, IClock clock)
{
    public const int PageSize = 50;

    /// <summary>More pages than members fit on.</summary>
    public const int PageMax = 10_000;

    /// <summary>Empty for viewers who do not manage members.</summary>
    public async Task<ListedMembers> Run(MemberListQuery query, Viewer viewer, CancellationToken stop)
    {
        if (!viewer.May(Permission.ManageMembers))
            return new ListedMembers([], 0);
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var found = Found(db, query, now);
        var count = await found.CountAsync(stop);
        var page = await found.OrderBy(member => member.NameKey).ThenBy(member => member.Id)
            .Skip((Math.Clamp(query.Page, 1, PageMax) - 1) * PageSize).Take(PageSize)
            .Select(member => new { member.Id, member.Name, member.Email, member.DisabledAt }).ToListAsync(stop);

        Guid[] ids = [.. page.Select(member => member.Id)];
        var roles = (await db.RoleGrants.AsNoTracking().InForce(now).Where(grant => ids.Contains(grant.MemberId)).ToListAsync(stop))
            .ToLookup(grant => grant.MemberId, grant => grant.Held);
        var names = await db.Memberships.Home().Where(one => ids.Contains(one.MemberId))
            .Join(db.Organisations, one => one.OrganisationId, of => of.Id, (one, of) => new { one.MemberId, of.Name })
            .ToDictionaryAsync(one => one.MemberId, one => one.Name, stop);
        return new ListedMembers(
            [.. page.Select(member => new ListedMember(member.Id, member.Name, member.Email,
                names.GetValueOrDefault(member.Id),
                [.. roles[member.Id].OrderBy(held => held.Role).ThenBy(held => held.SiteId)], member.DisabledAt is not null))],
            count);
    }

    /// <summary>Null: no such member, or the viewer does not manage members.</summary>
    public async Task<MemberCard?> Find(Guid memberId, Viewer viewer, CancellationToken stop)
    {
        if (!viewer.May(Permission.ManageMembers) || memberId == Nobody.Id)
            return null;
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        if (await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
            return null;
        var grants = await db.RoleGrants.AsNoTracking().InForce(now).Where(grant => grant.MemberId == memberId).ToListAsync(stop);
        var seen = await db.Sessions.Where(session => session.MemberId == memberId && session.SecurityStamp == member.SecurityStamp
            && session.ExpiresAt > now).Select(session => session.LastSeenAt).ToListAsync(stop);
        var memberships = await db.Memberships.AsNoTracking().Standing().Where(one => one.MemberId == memberId)
            .Join(db.Organisations, one => one.OrganisationId, of => of.Id, (one, of) => new HeldMembership(one, of)).ToListAsync(stop);
        return new MemberCard(
            member, [.. memberships.OrderByDescending(one => one.Membership.IsHome).ThenBy(one => one.Organisation.NameKey)],
            [.. grants.OrderBy(grant => grant.Role).ThenBy(grant => grant.SiteId)],
            seen.Count, seen.Count == 0 ? null : seen.Max());
    }

    private static IQueryable<Member> Found(HubDb db, MemberListQuery query, Instant now)
    {
        var found = db.Members.AsNoTracking().Where(member => member.Id != Nobody.Id);
        if (SearchText.Typed(query.Text) is { } folded)
        {
            var key = EmailAddress.KeyOfPart(query.Text!);
            found = found.Where(member => member.NormalizedEmail.Contains(key) || member.NameKey.Contains(folded));
        }

        if (query.Role is { } role)
        {
            var holders = db.RoleGrants.InForce(now).Where(grant => grant.Role == role);
            found = found.Where(member => holders.Any(grant => grant.MemberId == member.Id));
        }

        return query.IsDisabled is { } isDisabled ? found.Where(member => member.DisabledAt != null == isDisabled) : found;
    }
}
