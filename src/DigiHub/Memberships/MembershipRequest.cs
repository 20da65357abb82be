using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Memberships;

/// <summary>
/// A member who asks to join an organisation, one of whose proven domains their address is of. There is a row as long as nobody has
/// decided; after <see cref="Life"/> it lapses, and they are told.
/// </summary>
public sealed class MembershipRequest
{
    public static readonly SubjectKind<Guid> Subject = new("membership_request");

    public static readonly Duration Life = Duration.FromDays(14);

    /// <summary>Of one member, each with an e-mail to administrators.</summary>
    public const int PerDayMax = 3;

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required int OrganisationId { get; init; }

    public required Instant AskedAt { get; init; }

    public Instant LapsesAt => AskedAt + Life;
}

internal sealed class MembershipRequestTable : IEntityTypeConfiguration<MembershipRequest>
{
    public void Configure(EntityTypeBuilder<MembershipRequest> builder)
    {
        builder.ToTable("membership_requests");
        builder.IsPersonal();
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Ignore(one => one.LapsesAt);
        builder.HasIndex(one => new { one.MemberId, one.OrganisationId }).IsUnique();
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(one => one.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class MembershipRequestSet
{
    extension(HubDb db)
    {
        public DbSet<MembershipRequest> MembershipRequests => db.Set<MembershipRequest>();
    }
}
