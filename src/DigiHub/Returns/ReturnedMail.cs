using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Returns;

/// <summary>What a mail in the returns mailbox turned out to be.</summary>
public enum ReturnKind
{
    /// <summary>None of ours: an answer typed by a person, an automatic reply, advertising. A person may want to look.</summary>
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

/// <summary>One mail taken from the returns mailbox: the proof that it was acted on, so that it never is again.</summary>
public sealed class ReturnedMail
{
    public const int KeyMax = 100;
    public const int NoteMax = 300;

    /// <summary>As proof; what it told is forgotten with the notifications' recipients.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public required Guid Id { get; init; }

    /// <summary>The same for the same mail however often it is met. Unique.</summary>
    public required string Key { get; init; }

    public required ReturnKind Kind { get; init; }

    /// <summary>The notification it is about, if one was found.</summary>
    public Guid? NotificationId { get; init; }

    /// <summary>What came of it: "suspended", "stale", "asked to confirm"; for a bounce or delay what the server said.</summary>
    public string? Note { get; init; }

    public required Instant At { get; init; }
}

internal sealed class ReturnedMailTable : IEntityTypeConfiguration<ReturnedMail>
{
    public void Configure(EntityTypeBuilder<ReturnedMail> builder)
    {
        builder.ToTable("returned_mail");
        builder.Property(mail => mail.Key).HasMaxLength(ReturnedMail.KeyMax);
        builder.Property(mail => mail.Note).HasMaxLength(ReturnedMail.NoteMax);
        builder.HasIndex(mail => mail.Key).IsUnique();
        builder.HasIndex(mail => mail.NotificationId);
        builder.HasIndex(mail => mail.At);
    }
}

public static class ReturnedMailSet
{
    extension(HubDb db)
    {
        public DbSet<ReturnedMail> ReturnedMail => db.Set<ReturnedMail>();
    }
}
