using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Mail;

/// <summary>What a mail in the inbound mailbox turned out to be.</summary>
public enum InboundKind
{
    /// <summary>Does not concern the hub: a reply typed by a person, an automatic reply, advertising. A person may want to look.</summary>
    Other,
    Bounce,

    /// <summary>A server still tries; nothing is done.</summary>
    Delay,
    Complaint,

    /// <summary>An answer of somebody's calendar program.</summary>
    Reply,

    /// <summary>Its sender wants no more reminders.</summary>
    Unsubscribe,

    /// <summary>Too large, too deep or broken.</summary>
    Unreadable,
}

/// <summary>One mail taken from the inbound mailbox: the proof that it was acted on, so that it never is again.</summary>
public sealed class InboundRecord
{
    public const int KeyMax = 100;
    public const int NoteMax = 300;

    /// <summary>As proof; what it told is forgotten with the notifications' recipients.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public required Guid Id { get; init; }

    /// <summary>The same for the same mail however often it is met. Unique.</summary>
    public required string Key { get; init; }

    public required InboundKind Kind { get; init; }

    /// <summary>The notification it is about, if one was found.</summary>
    public Guid? NotificationId { get; init; }

    /// <summary>What came of it: "suspended", "stale", "asked to confirm"; for a bounce or delay what the server said.</summary>
    public string? Note { get; init; }

    public required Instant At { get; init; }
}

internal sealed class InboundRecordTable : IEntityTypeConfiguration<InboundRecord>
{
    public void Configure(EntityTypeBuilder<InboundRecord> builder)
    {
        builder.ToTable("inbound_mail");
        builder.Property(mail => mail.Key).HasMaxLength(InboundRecord.KeyMax);
        builder.Property(mail => mail.Note).HasMaxLength(InboundRecord.NoteMax);
        builder.HasIndex(mail => mail.Key).IsUnique();
        builder.HasIndex(mail => mail.NotificationId);
        builder.HasIndex(mail => mail.At);
    }
}

public static class InboundRecordSet
{
    extension(HubDb db)
    {
        public DbSet<InboundRecord> InboundRecords => db.Set<InboundRecord>();
    }
}
