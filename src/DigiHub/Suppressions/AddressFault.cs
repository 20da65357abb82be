using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Suppressions;

/// <summary>A letter that was refused for good, counted against its address: once for a letter, however often that is reported.</summary>
public sealed class AddressFault
{
    public const int StatusMax = 20;

    /// <summary>So many within <see cref="Kept"/> suspend an address.</summary>
    public const int CountMax = 3;

    /// <summary>How long one counts.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public required Guid LetterId { get; init; }

    public required string NormalizedEmail { get; init; }

    /// <summary>The enhanced status (RFC 3463), or the reply's three digits where there was none.</summary>
    public required string Status { get; init; }

    public required Instant At { get; init; }
}

internal sealed class AddressFaultTable : IEntityTypeConfiguration<AddressFault>
{
    public void Configure(EntityTypeBuilder<AddressFault> builder)
    {
        builder.ToTable("address_faults");
        builder.HasKey(fault => fault.LetterId);
        builder.Property(fault => fault.LetterId).ValueGeneratedNever();
        builder.Property(fault => fault.NormalizedEmail).HasMaxLength(Suppression.AddressMax);
        builder.Property(fault => fault.Status).HasMaxLength(AddressFault.StatusMax);
        builder.HasIndex(fault => fault.NormalizedEmail);
        builder.HasIndex(fault => fault.At);
    }
}

public static class AddressFaultSet
{
    extension(HubDb db)
    {
        public DbSet<AddressFault> AddressFaults => db.Set<AddressFault>();

        /// <summary>
        /// Notes, in the caller's transaction, that a mail server refused this letter to this address for good, and suspends the address if
        /// the rule says so: at once where there is no such mailbox, else after <see cref="AddressFault.CountMax"/> letters in
        /// <see cref="AddressFault.Kept"/>. What is about us, and not about the address, counts for nothing. True if it was suspended now.
        /// </summary>
        /// <param name="letterId">Counted once, whoever reports it and however often.</param>
        /// <param name="reply">Reply or status of the server: "550 5.1.1 User unknown", "5.1.1".</param>
        public async Task<bool> NoteRefused(Guid letterId, EmailAddress email, string reply, Instant now, CancellationToken stop)
        {
            var status = MailStatus.Find(reply);
            if (status.Blame is Blame.Nobody or Blame.Us)
                return false;
            if (status.Blame == Blame.NoSuchAddress)
                return await db.Suppress(email, SuppressionScope.Everything, SuppressionReason.HardBounce, now, reply, letterId, stop);

            var normalized = email.Key;
            await db.AcquireLocks([LockKey.OfAddress(normalized)], stop);
            if (await db.AddressFaults.AnyAsync(fault => fault.LetterId == letterId, stop))
                return false;
            var since = now - AddressFault.Kept;
            var earlier = await db.AddressFaults.CountAsync(fault => fault.NormalizedEmail == normalized && fault.At > since, stop);
            db.AddressFaults.Add(new AddressFault { LetterId = letterId, NormalizedEmail = normalized, Status = status.ToString(), At = now });
            return earlier + 1 >= AddressFault.CountMax
                && await db.Suppress(email, SuppressionScope.Everything, SuppressionReason.RepeatedBounces, now, reply, letterId, stop);
        }
    }
}
