using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Keys;

/// <summary>A secret of the hub itself, shared by all its processes: data-protection keys, the key of the token signer.</summary>
public sealed class StoredKey
{
    public const int NameMax = 100;

    public required string Name { get; init; }

    public required string Text { get; init; }

    public required Instant CreatedAt { get; init; }
}

internal sealed class StoredKeyTable : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.ToTable("keys");
        builder.HasKey(key => key.Name);
        builder.Property(key => key.Name).HasMaxLength(StoredKey.NameMax);
    }
}

public static class StoredKeys
{
    extension(HubDb db)
    {
        public DbSet<StoredKey> Keys => db.Set<StoredKey>();
    }
}
