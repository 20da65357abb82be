using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Displays;

/// <summary>
/// A screen that shows a code and waits for an administrator to type it. The row goes with the pairing, so that a code works once; it tells
/// nothing of anybody.
/// </summary>
public sealed class Pairing
{
    /// <summary>From then on nobody can use its code.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    /// <summary>That wait at one time, in the whole hub.</summary>
    public const int StandingMax = 500;

    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the code.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>SHA-256 of the secret in the screen's cookie, which becomes the token of the device.</summary>
    public required byte[] SecretHash { get; init; }

    public required Instant ExpiresAt { get; init; }
}

internal sealed class PairingTable : IEntityTypeConfiguration<Pairing>
{
    public void Configure(EntityTypeBuilder<Pairing> builder)
    {
        builder.ToTable("pairings");
        builder.HasIndex(pairing => pairing.CodeHash).IsUnique();
        builder.HasIndex(pairing => pairing.SecretHash).IsUnique();
        builder.HasIndex(pairing => pairing.ExpiresAt);
    }
}

public static class PairingSet
{
    extension(HubDb db)
    {
        public DbSet<Pairing> Pairings => db.Set<Pairing>();
    }
}
