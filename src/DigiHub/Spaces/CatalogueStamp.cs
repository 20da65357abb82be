using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// One row that says by which catalogue the hub goes: the database stamps it anew whenever a site, its hours or closures, a floor or a
/// space change (Data/CatalogueTriggers.cs). No row: nothing has ever been set up.
/// </summary>
public sealed class CatalogueStamp
{
    public const int OnlyId = 1;
    public const int StampMax = 36;

    public int Id { get; init; }

    /// <summary>Drawn by lot, so that a restored backup or another database never looks like the catalogue that is known.</summary>
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
