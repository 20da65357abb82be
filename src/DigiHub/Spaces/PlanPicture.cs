using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// The picture beneath a plan, as the hub wrote it from what was sent; kept in the database, so that a backup has all.
/// </summary>
public sealed class PlanPicture
{
    public const int HashLength = 64;
    public const int BytesMax = 2 * 1024 * 1024;

    /// <summary>SHA-256 of its bytes in lower-case hexadecimal digits: its name in addresses.</summary>
    public required string Hash { get; init; }

    /// <summary>image/svg+xml or image/webp</summary>
    public required string MediaType { get; init; }

    public required byte[] Bytes { get; init; }
}

internal sealed class PlanPictureTable : IEntityTypeConfiguration<PlanPicture>
{
    public void Configure(EntityTypeBuilder<PlanPicture> builder)
    {
        builder.ToTable("plan_pictures");
        builder.HasKey(picture => picture.Hash);
        builder.Property(picture => picture.Hash).HasMaxLength(PlanPicture.HashLength);
        builder.Property(picture => picture.MediaType).HasMaxLength(40);
    }
}
