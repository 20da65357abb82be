using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Organisations;

/// <summary>A firm or an institute whose people are members of the hub.</summary>
public sealed class Organisation
{
    public static readonly SubjectKind<int> Subject = new("organisation");

    public const int NameMax = 120;
    public const int SlugMax = 60;

    /// <summary>People who belong to one at the same time.</summary>
    public const int PeopleMax = 500;

    public int Id { get; init; }

    /// <summary>Its name in addresses; it stays when the name changes, so that links stay good.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>By which the name is found.</summary>
    public string NameKey { get => SearchText.Fold(Name); private init => _ = value; }

    /// <summary>The key of its <see cref="OrganisationKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>It has no people from then on and takes none; null: it stands.</summary>
    public Instant? RetiredAt { get; set; }
}

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(organisation => organisation.Slug).HasMaxLength(Organisation.SlugMax).NotPersonal();
        builder.Property(organisation => organisation.Name).HasMaxLength(Organisation.NameMax).NotPersonal();
        builder.Property(organisation => organisation.Kind).NotPersonal();
        builder.HasIndex(organisation => organisation.Slug).IsUnique();
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
