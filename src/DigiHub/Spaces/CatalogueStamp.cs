using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// One row with the version of the catalogue: the database renews it whenever a site, its hours or closures, a floor or a
/// space change (Data/CatalogueTriggers.cs). No row: nothing has been set up yet.
/// </summary>
public sealed class CatalogueStamp
{
    public const int OnlyId = 1;
    public const int StampMax = 36;

    public int Id { get; init; }

    /// <summary>Random, so that a restored backup or another database never matches the cached catalogue.</summary>
    public required string Stamp { get; init; }
}

internal sealed class CatalogueStampTable : IEntityTypeConfiguration<CatalogueStamp>
{
    public void Configure(EntityTypeBuilder<CatalogueStamp> builder)
    {
        builder.ToTable("catalogue_stamp");
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.Stamp).HasMaxLength(CatalogueStamp.StampMax);
    }
}
