using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Mail;

/// <summary>The state of reading the inbound mailbox, for all processes together: one row.</summary>
public sealed class InboundReading
{
    public const string TheOnly = "inbound";
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

internal sealed class InboundReadingTable : IEntityTypeConfiguration<InboundReading>
{
    public void Configure(EntityTypeBuilder<InboundReading> builder)
    {
        builder.ToTable("inbound_reading");
        builder.Property(reading => reading.Id).HasMaxLength(20);
        builder.Property(reading => reading.Trouble).HasMaxLength(InboundReading.TroubleMax);
    }
}

public static class InboundReadingSet
{
    extension(HubDb db)
    {
        public DbSet<InboundReading> InboundReadings => db.Set<InboundReading>();
    }
}
