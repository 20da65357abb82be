using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Audit;

/// <summary>One act of the house: who did what to which thing, when. Never changed; holds ids and times, no personal data.</summary>
public sealed class AuditEntry
{
    public const int ActMax = 60;
    public const int DetailMax = 500;

    public required Guid Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>The member who acted; null for the hub itself or a guest by link.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>thing.verb, as in "booking.moved".</summary>
    public required string Act { get; init; }

    public required Guid SubjectId { get; init; }

    public string? Detail { get; init; }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.Property(entry => entry.Act).HasMaxLength(AuditEntry.ActMax);
        builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailMax);
        builder.HasIndex(entry => entry.SubjectId);
        builder.HasIndex(entry => entry.At);
    }
}

public static class AuditTrail
{
    extension(HubDb db)
    {
        public DbSet<AuditEntry> Audit => db.Set<AuditEntry>();

        /// <summary>Adds the act to the transaction it belongs to.</summary>
        public void Record(Instant at, Guid? actorId, string act, Guid subjectId, string? detail = null) =>
            db.Audit.Add(new AuditEntry
            {
                Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
                At = at,
                ActorId = actorId,
                Act = act,
                SubjectId = subjectId,
                Detail = detail?.Length > AuditEntry.DetailMax ? detail[..AuditEntry.DetailMax] : detail,
            });
    }
}
