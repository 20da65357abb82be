using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Organisations;

/// <summary>A firm or an institute whose people are members of the hub.</summary>
public sealed class Organisation
{
    public static readonly SubjectKind<int> Subject = new("organisation");

    public const int NameMax = 120;

    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The key of its <see cref="OrganisationKind"/>.</summary>
    public required string Kind { get; init; }
}

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(organisation => organisation.Name).HasMaxLength(Organisation.NameMax).NotPersonal();
        builder.HasIndex(organisation => organisation.Name).IsUnique();
        builder.HasOne<OrganisationKind>().WithMany().HasForeignKey(organisation => organisation.Kind).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class OrganisationSet
{
    extension(HubDb db)
    {
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
    }
}
