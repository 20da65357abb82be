using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>
/// An address that a member's account is to have, once somebody confirms it there. The link itself is its signed id. It is over when the
/// member changes their password or their address meanwhile.
/// </summary>
public sealed class AddressChange
{
    public static readonly SubjectKind<Guid> Subject = new("address_change");

    public static readonly Duration Life = Duration.FromHours(1);

    /// <summary>At most this many per member at the same time, against e-mails to strangers.</summary>
    public const int StandingMax = 3;

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required EmailAddress Email { get; init; }

    /// <summary>The member's security stamp at the request, so that ending an intruder's sessions also ends their requests.</summary>
    public required string SecurityStamp { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? ConfirmedAt { get; set; }

    public bool IsOpen(Member member, Instant now) =>
        ConfirmedAt is null && now < ExpiresAt && member.DisabledAt is null && member.SecurityStamp == SecurityStamp;
}

internal sealed class AddressChangeTable : IEntityTypeConfiguration<AddressChange>
{
    public void Configure(EntityTypeBuilder<AddressChange> builder)
    {
        builder.ToTable("address_changes");
        builder.Property(change => change.SecurityStamp).HasMaxLength(64);
        builder.HasIndex(change => change.MemberId);
        builder.HasIndex(change => change.ExpiresAt);
        builder.HasOne<Member>().WithMany().HasForeignKey(change => change.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class AddressChangeSet
{
    extension(HubDb db)
    {
        public DbSet<AddressChange> AddressChanges => db.Set<AddressChange>();
    }
}
