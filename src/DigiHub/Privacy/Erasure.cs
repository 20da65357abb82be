using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Privacy;

/// <summary>
/// That somebody wants to be forgotten, and when that was done (Art. 17 GDPR). Until it is due they can take it back. What stays is an id
/// that leads to nobody.
/// </summary>
public sealed class Erasure
{
    public static readonly SubjectKind<Guid> Subject = new("erasure");

    /// <summary>How long they can come back.</summary>
    public static readonly Duration Grace = Duration.FromDays(7);

    public required Guid Id { get; init; }

    /// <summary>Null: an address without an account, of a guest.</summary>
    public Guid? MemberId { get; init; }

    public required Instant AskedAt { get; init; }

    public required Instant DueAt { get; init; }

    public Instant? TakenBackAt { get; set; }

    public Instant? DoneAt { get; set; }

    public bool IsStanding => TakenBackAt is null && DoneAt is null;
}

internal sealed class ErasureTable : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasures");
        builder.Property(erasure => erasure.Id).ValueGeneratedNever();
        builder.Ignore(erasure => erasure.IsStanding);
        builder.HasIndex(erasure => erasure.MemberId);
        builder.HasIndex(erasure => erasure.DueAt).HasFilter("done_at IS NULL AND taken_back_at IS NULL");
    }
}

public static class ErasureSet
{
    extension(HubDb db)
    {
        public DbSet<Erasure> Erasures => db.Set<Erasure>();
    }

    extension(IQueryable<Erasure> erasures)
    {
        public IQueryable<Erasure> Standing() => erasures.Where(one => one.TakenBackAt == null && one.DoneAt == null);
    }
}
