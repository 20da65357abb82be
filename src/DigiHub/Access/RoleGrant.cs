using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Access;

/// <summary>
/// A role somebody was given, for the hub or for one site, for good or through a day. One for each member, role and site.
/// </summary>
public sealed class RoleGrant
{
    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required Role Role { get; init; }

    /// <summary>Null: for the whole hub.</summary>
    public int? SiteId { get; init; }

    /// <summary>Null: the operator, by a command.</summary>
    public Guid? GrantedById { get; set; }

    public required Instant GrantedAt { get; set; }

    /// <summary>The last day it holds, on the clock of its site, or of the hub's first site; null: without end.</summary>
    public LocalDate? Through { get; private set; }

    /// <summary>The end of that day: from then on the grant is void.</summary>
    public Instant? EndsAt { get; private set; }

    public HeldRole Held => new(Role, SiteId);

    /// <param name="time">The clock on which the day ends.</param>
    public void HoldThrough(LocalDate? day, SiteTime time) => (Through, EndsAt) = (day, day is { } last ? time.DayOf(last).End : null);

    public bool IsInForce(Instant now) => EndsAt is null || now < EndsAt;
}

internal sealed class RoleGrantTable : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grants");
        builder.Ignore(grant => grant.Held);
        // Two indexes, since NULLs are distinct in a unique index.
        builder.HasIndex(grant => new { grant.MemberId, grant.Role, grant.SiteId }).IsUnique();
        builder.HasIndex(grant => new { grant.MemberId, grant.Role }).IsUnique().HasFilter("site_id IS NULL");
        builder.HasOne<Member>().WithMany().HasForeignKey(grant => grant.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Site>().WithMany().HasForeignKey(grant => grant.SiteId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class RoleGrantSet
{
    extension(HubDb db)
    {
        public DbSet<RoleGrant> RoleGrants => db.Set<RoleGrant>();
    }

    extension(IQueryable<RoleGrant> grants)
    {
        public IQueryable<RoleGrant> InForce(Instant now) => grants.Where(grant => grant.EndsAt == null || grant.EndsAt > now);

        public async Task<IReadOnlyList<HeldRole>> HeldBy(Guid memberId, CancellationToken stop) => await grants
            .Where(grant => grant.MemberId == memberId).Select(grant => new HeldRole(grant.Role, grant.SiteId)).ToListAsync(stop);

        /// <summary>Those of the whole hub that give the permission.</summary>
        public IQueryable<RoleGrant> Giving(Permission permission)
        {
            Role[] roles = [.. permission.Roles];
            return grants.Where(grant => grant.SiteId == null && roles.Contains(grant.Role));
        }
    }
}
