using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>A sign-in by mail, good once and for a short while. The link itself is its signed id.</summary>
public sealed class SignInLink
{
    public static readonly SubjectKind<Guid> Subject = new("sign_in_link");

    public static readonly Duration Life = Duration.FromMinutes(15);

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? UsedAt { get; set; }
}

internal sealed class SignInLinkTable : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> builder)
    {
        builder.ToTable("sign_in_links");
        builder.HasOne<Member>().WithMany().HasForeignKey(link => link.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class SignInLinkSet
{
    extension(HubDb db)
    {
        public DbSet<SignInLink> SignInLinks => db.Set<SignInLink>();
    }
}
