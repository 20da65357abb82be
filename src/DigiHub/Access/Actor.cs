using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>A member who acts, and what they may.</summary>
public sealed record Actor(Member Member, Viewer Viewer)
{
    public Guid Id => Member.Id;
}

public static class ActorSet
{
    extension(HubDb db)
    {
        /// <summary>The member with the roles in force; null for nobody, and for somebody who may no longer sign in.</summary>
        public async Task<Viewer?> Viewer(Guid? memberId, Instant now, CancellationToken stop)
        {
            var grants = db.RoleGrants.InForce(now);
            var delegations = db.Delegations.InForce(now);
            var rows = await db.Members.Where(member => member.Id == memberId && member.DisabledAt == null)
                .LeftJoin(grants, member => member.Id, grant => grant.MemberId,
                    (member, grant) => new { member.Id, Role = (Role?)grant!.Role, grant.SiteId })
                .LeftJoin(delegations, row => row.Id, one => one.DelegateId,
                    (row, one) => new { row.Id, row.Role, row.SiteId, For = (Guid?)one!.MemberId, SeesTitles = (bool?)one.SeesTitles })
                .ToListAsync(stop);
            return rows.Count == 0
                ? null
                : new Viewer(rows[0].Id, Held(rows.Select(row => (row.Role, row.SiteId))),
                    ActsFor(rows.Select(row => (row.For, row.SeesTitles))));
        }

        /// <summary>The same with the member themselves, not tracked.</summary>
        public async Task<Actor?> Actor(Guid? memberId, Instant now, CancellationToken stop) =>
            memberId is { } id ? (await db.Actors([id], now, stop)).GetValueOrDefault(id) : null;

        /// <summary>Several at once; who may no longer sign in is missing.</summary>
        public async Task<Dictionary<Guid, Actor>> Actors(Guid[] memberIds, Instant now, CancellationToken stop)
        {
            if (memberIds.Length == 0)
                return [];
            var grants = db.RoleGrants.InForce(now);
            var rows = await db.Members.AsNoTracking()
                .Where(member => EF.Parameter(memberIds).Contains(member.Id) && member.DisabledAt == null)
                .LeftJoin(grants, member => member.Id, grant => grant.MemberId,
                    (member, grant) => new { member, Role = (Role?)grant!.Role, grant.SiteId })
                .ToListAsync(stop);
            return rows.GroupBy(row => row.member.Id).ToDictionary(
                member => member.Key,
                member => new Actor(member.First().member, new Viewer(member.Key, Held(member.Select(row => (row.Role, row.SiteId))))));
        }
    }

    /// <summary>Of rows that have each role once for each delegation.</summary>
    internal static HeldRole[] Held(IEnumerable<(Role? Role, int? SiteId)> rows) =>
        [.. rows.Where(row => row.Role is not null).Select(row => new HeldRole(row.Role!.Value, row.SiteId)).Distinct()];

    internal static ActingFor[] ActsFor(IEnumerable<(Guid? MemberId, bool? SeesTitles)> rows) =>
        [.. rows.Where(row => row.MemberId is not null)
            .Select(row => new ActingFor(row.MemberId!.Value, row.SeesTitles == true)).Distinct()];
}
