using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>
/// The answer to a member's POST with an Idempotency-Key, kept for a day: the same key gets the same answer again, and the
/// act is done once.
/// </summary>
public sealed class KeptAnswer
{
    public static readonly Duration Life = Duration.FromHours(24);
    public const int KeyMax = 200;

    public required Guid MemberId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: the same key with another request is an error.</summary>
    public required byte[] RequestHash { get; init; }

    public required Instant At { get; init; }

    /// <summary>Null while the first request is still being answered.</summary>
    public int? Status { get; set; }

    public string? Location { get; set; }

    public string? ETag { get; set; }

    public string? ContentType { get; set; }

    public string? Body { get; set; }
}

internal sealed class KeptAnswerTable : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> builder)
    {
        builder.ToTable("kept_answers");
        builder.HasKey(answer => new { answer.MemberId, answer.Key });
        builder.Property(answer => answer.Key).HasMaxLength(KeptAnswer.KeyMax);
        builder.HasIndex(answer => answer.At);
    }
}

public static class KeptAnswerSet
{
    extension(HubDb db)
    {
        public DbSet<KeptAnswer> KeptAnswers => db.Set<KeptAnswer>();
    }
}
