using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>
/// The answer to a member's POST with an Idempotency-Key, kept for a day. The answer to an act that was done is written in the act's
/// own transaction, so there is never one without the other: the same key gets the first answer again, and the act is done once.
/// </summary>
public sealed class IdempotencyRecord
{
    public static readonly Duration Life = Duration.FromHours(24);
    public const int KeyMax = 200;

    public required Guid MemberId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: the same key with another request is an error.</summary>
    public required byte[] RequestHash { get; init; }

    public required Instant At { get; init; }

    /// <summary>Of HTTP; from 400 on, the body is a problem.</summary>
    public required int Status { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }
}

internal sealed class IdempotencyRecordTable : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_records");
        builder.HasKey(answer => new { answer.MemberId, answer.Key });
        builder.Property(answer => answer.Key).HasMaxLength(IdempotencyRecord.KeyMax);
        builder.HasIndex(answer => answer.At);
    }
}

public static class IdempotencyRecordSet
{
    extension(HubDb db)
    {
        public DbSet<IdempotencyRecord> IdempotencyRecords => db.Set<IdempotencyRecord>();
    }
}
