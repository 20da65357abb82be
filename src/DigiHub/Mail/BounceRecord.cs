using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Mail;

/// <summary>
/// A notification that was refused for good, counted against its address: once for a notification, however often that is reported.
/// </summary>
public sealed class BounceRecord
{
    public const int StatusMax = 20;

    /// <summary>So many within <see cref="Kept"/> suspend an address.</summary>
    public const int CountMax = 3;

    /// <summary>How long one counts.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public required Guid NotificationId { get; init; }

    public required string NormalizedEmail { get; init; }

    /// <summary>The enhanced status (RFC 3463), or the reply's three digits where there was none.</summary>
    public required string Status { get; init; }

    public required Instant At { get; init; }
}

internal sealed class BounceRecordTable : IEntityTypeConfiguration<BounceRecord>
{
    public void Configure(EntityTypeBuilder<BounceRecord> builder)
    {
        builder.ToTable("bounce_records");
        builder.HasKey(fault => fault.NotificationId);
        builder.Property(fault => fault.NotificationId).ValueGeneratedNever();
        builder.Property(fault => fault.NormalizedEmail).HasMaxLength(Suppression.AddressMax);
        builder.Property(fault => fault.Status).HasMaxLength(BounceRecord.StatusMax);
        builder.HasIndex(fault => fault.NormalizedEmail);
        builder.HasIndex(fault => fault.At);
    }
}

public static class BounceRecordSet
{
    extension(HubDb db)
    {
        public DbSet<BounceRecord> BounceRecords => db.Set<BounceRecord>();

        /// <summary>
        /// Notes, in the caller's transaction, that a mail server refused this notification to this address for good, and
        /// suspends the address if the rule says so: at once where there is no such mailbox, else after
        /// <see cref="BounceRecord.CountMax"/> notifications in <see cref="BounceRecord.Kept"/>. What is about us, and not about
        /// the address, counts for nothing. True if it was suspended now.
        /// </summary>
        /// <param name="notificationId">Counted once, however often it is reported.</param>
        /// <param name="reply">Reply or status of the server: "550 5.1.1 User unknown", "5.1.1".</param>
        public async Task<bool> NoteRefused(Guid notificationId, EmailAddress email, string reply, Instant now, CancellationToken stop)
        {
            var status = MailStatus.Find(reply);
            if (status.BounceCause is BounceCause.Nobody or BounceCause.Us)
                return false;
            if (status.BounceCause == BounceCause.NoSuchAddress)
                return await db.Suppress(email, SuppressionScope.Everything,
                    SuppressionReason.HardBounce, now, reply, notificationId, stop);

            var normalized = email.Key;
            await db.AcquireLocks([LockKey.OfAddress(normalized)], stop);
            if (await db.BounceRecords.AnyAsync(fault => fault.NotificationId == notificationId, stop))
                return false;
            var since = now - BounceRecord.Kept;
            var earlier = await db.BounceRecords.CountAsync(fault => fault.NormalizedEmail == normalized && fault.At > since, stop);
            db.BounceRecords.Add(
                new BounceRecord { NotificationId = notificationId, NormalizedEmail = normalized, Status = status.ToString(), At = now });
            return earlier + 1 >= BounceRecord.CountMax
                && await db.Suppress(email, SuppressionScope.Everything,
                    SuppressionReason.RepeatedBounces, now, reply, notificationId, stop);
        }
    }
}
