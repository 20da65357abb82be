using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Operations;

/// <summary>A backup that was made, and whether it was found good. The row stays when the file is moved or deleted.</summary>
public sealed class Backup
{
    public const int FileMax = 400;
    public const int WhyNotMax = 1_000;
    public const int Sha256Length = 64;

    /// <summary>Rows kept, the latest: with one an hour, those of six weeks.</summary>
    public const int KeptMax = 1_000;

    public required Guid Id { get; init; }

    /// <summary>When it was made: what happened later is not in it.</summary>
    public required Instant At { get; init; }

    /// <summary>Where it was written, as a full path.</summary>
    public required string File { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the file, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was restored into a scratch database and found good; null: not yet, or not good.</summary>
    public Instant? VerifiedAt { get; private set; }

    /// <summary>What was wrong with it when it was verified last.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>The path as the row has it: of one that is too long the end.</summary>
    internal static string Named(string path) => path.Length > FileMax ? path[^FileMax..] : path;

    public void Verified(Instant at) => (VerifiedAt, WhyNot) = (at, null);

    public void NotGood(string why) => (VerifiedAt, WhyNot) = (null, why.Length > WhyNotMax ? why[..WhyNotMax] : why);
}

internal sealed class BackupTable : IEntityTypeConfiguration<Backup>
{
    public void Configure(EntityTypeBuilder<Backup> builder)
    {
        builder.ToTable("backups");
        builder.Property(backup => backup.File).HasMaxLength(Backup.FileMax);
        builder.Property(backup => backup.Sha256).HasMaxLength(Backup.Sha256Length);
        builder.Property(backup => backup.WhyNot).HasMaxLength(Backup.WhyNotMax);
        builder.HasIndex(backup => backup.At);
        builder.HasIndex(backup => backup.Sha256);
    }
}

public static class BackupSet
{
    extension(HubDb db)
    {
        public DbSet<Backup> Backups => db.Set<Backup>();
    }
}
