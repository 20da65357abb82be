using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Organisations;

public enum OrganisationKind { StartUp, Company, Mittelstand, Research }

/// <summary>A start-up, company, Mittelstand firm or research institute whose people are members of the hub.</summary>
public sealed class Organisation
{
    public static readonly SubjectKind<int> Subject = new("organisation");

    public const int NameMax = 120;

    public int Id { get; init; }

    public required string Name { get; init; }

    public required OrganisationKind Kind { get; init; }
}

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(organisation => organisation.Name).HasMaxLength(Organisation.NameMax).NotPersonal();
        builder.HasIndex(organisation => organisation.Name).IsUnique();
    }
}

public static class OrganisationSet
{
    extension(HubDb db)
    {
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
    }

    extension(OrganisationKind kind)
    {
        public Words Words => kind switch
        {
            OrganisationKind.StartUp => new("Start-up", "Start-up"),
            OrganisationKind.Company => new("Company", "Unternehmen"),
            OrganisationKind.Mittelstand => new("Mittelstand", "Mittelstand"),
            _ => new("Research institute", "Forschungseinrichtung"),
        };
    }
}
