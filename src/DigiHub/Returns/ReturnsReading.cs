using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Returns;

/// <summary>How the reading of the returns mailbox goes, for all processes together: one row.</summary>
public sealed class ReturnsReading
{
    public const string TheOnly = "returns";
    public const int TroubleMax = 300;

    public string Id { get; private init; } = TheOnly;

    public Instant? LastReadAt { get; private set; }

    /// <summary>Since when no run has gone well; null when the last did.</summary>
    public Instant? FailingSince { get; private set; }

    /// <summary>What went wrong last.</summary>
    public string? Trouble { get; private set; }

    public void Went(Instant now, string? trouble)
    {
        Trouble = TypedText.Line(trouble, TroubleMax);
        if (trouble is null)
            (LastReadAt, FailingSince) = (now, null);
        else
            FailingSince ??= now;
    }
}

internal sealed class ReturnsReadingTable : IEntityTypeConfiguration<ReturnsReading>
{
    public void Configure(EntityTypeBuilder<ReturnsReading> builder)
    {
        builder.ToTable("returns_reading");
        builder.Property(reading => reading.Id).HasMaxLength(20);
        builder.Property(reading => reading.Trouble).HasMaxLength(ReturnsReading.TroubleMax);
    }
}

public static class ReturnsReadingSet
{
    extension(HubDb db)
    {
        public DbSet<ReturnsReading> ReturnsReadings => db.Set<ReturnsReading>();
    }
}
