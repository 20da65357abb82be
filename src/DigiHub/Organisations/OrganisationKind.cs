using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Organisations;

/// <summary>What sort of organisation it is: a row, so that a hub may have kinds of its own. The first four come with every hub.</summary>
public sealed class OrganisationKind
{
    public const int KeyMax = 30;

    public const string StartUp = "start_up", Company = "company", Mittelstand = "mittelstand", Research = "research";

    /// <summary>In addresses and in the API: lower case, underscores.</summary>
    public required string Key { get; init; }

    public required LocalisedText Name { get; set; }

    public int Position { get; set; }
}

internal sealed class OrganisationKindTable : IEntityTypeConfiguration<OrganisationKind>
{
    public void Configure(EntityTypeBuilder<OrganisationKind> builder)
    {
        builder.ToTable("organisation_kinds");
        builder.HasKey(kind => kind.Key);
        builder.Property(kind => kind.Key).HasMaxLength(OrganisationKind.KeyMax);
        builder.HasData(
            New(1, OrganisationKind.StartUp, "Start-up", "Start-up"),
            New(2, OrganisationKind.Company, "Unternehmen", "Company"),
            New(3, OrganisationKind.Mittelstand, "Mittelstand", "Mittelstand"),
            New(4, OrganisationKind.Research, "Forschungseinrichtung", "Research institute"));
    }

    private static OrganisationKind New(int position, string key, string german, string english) =>
        new() { Key = key, Name = new(german, english), Position = position };
}

public static class OrganisationKindSet
{
    extension(HubDb db)
    {
        public DbSet<OrganisationKind> OrganisationKinds => db.Set<OrganisationKind>();
    }
}
