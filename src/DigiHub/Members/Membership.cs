using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Organisations;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>What somebody is in their organisation. Administrators look after its people.</summary>
public enum MembershipRole { Member, Administrator }

/// <summary>
/// A member belongs to an organisation, from when to when. At most one membership that stands for each member and organisation, and of
/// those of one member one is home: the organisation they are shown with, and in whose name they book.
/// </summary>
public sealed class Membership
{
    public static readonly SubjectKind<Guid> Subject = new("membership");

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required int OrganisationId { get; init; }

    public MembershipRole Role { get; set; }

    public bool IsHome { get; set; }

    public required Instant JoinedAt { get; init; }

    /// <summary>Null: it stands.</summary>
    public Instant? LeftAt { get; private set; }

    public void End(Instant now) => (LeftAt, IsHome) = (now, false);

    public static Membership Of(
        Guid memberId, int organisationId, Instant now, MembershipRole role = MembershipRole.Member, bool isHome = true) => new()
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = memberId,
            OrganisationId = organisationId,
            Role = role,
            IsHome = isHome,
            JoinedAt = now,
        };
}

internal sealed class MembershipTable : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships");
        builder.HasIndex(one => new { one.MemberId, one.OrganisationId }).IsUnique().HasFilter("left_at IS NULL");
        builder.HasIndex(one => one.MemberId).IsUnique().HasFilter("is_home AND left_at IS NULL");
        builder.HasIndex(one => one.OrganisationId).HasFilter("left_at IS NULL");
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(one => one.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class MembershipSet
{
    extension(HubDb db)
    {
        public DbSet<Membership> Memberships => db.Set<Membership>();

        /// <summary>
        /// The organisations that this member alone administrates, of those who can sign in: they would be left without anybody who may
        /// invite and let go.
        /// </summary>
        public async Task<bool> IsLastAdministratorOfAnOrganisation(Guid memberId, CancellationToken stop)
        {
            var (members, standing) = (db.Members, db.Memberships.Standing());
            return await standing.AnyAsync(own => own.MemberId == memberId && own.Role == MembershipRole.Administrator
                && !standing.Any(other => other.OrganisationId == own.OrganisationId && other.MemberId != memberId
                    && other.Role == MembershipRole.Administrator
                    && members.Any(one => one.Id == other.MemberId && one.DisabledAt == null)), stop);
        }
    }

    extension(IQueryable<Membership> memberships)
    {
        public IQueryable<Membership> Standing() => memberships.Where(one => one.LeftAt == null);

        /// <summary>Those that organisations are shown by.</summary>
        public IQueryable<Membership> Home() => memberships.Where(one => one.LeftAt == null && one.IsHome);
    }
}
