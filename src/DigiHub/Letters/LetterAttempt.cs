using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Letters;

/// <summary>
/// One attempt that did not end well, for whoever must find out why a letter is late. The one that did needs no row: the letter's own tells when
/// and what the relay said. Goes when the letter forgets its reader, since the words may name them.
/// </summary>
public sealed class LetterAttempt
{
    public required Guid Id { get; init; }

    public required Guid LetterId { get; init; }

    public required Instant At { get; init; }

    public required PostResult Result { get; init; }

    public required string Reply { get; init; }
}

internal sealed class LetterAttemptTable : IEntityTypeConfiguration<LetterAttempt>
{
    public void Configure(EntityTypeBuilder<LetterAttempt> builder)
    {
        builder.ToTable("letter_attempts");
        builder.Property(attempt => attempt.Reply).HasMaxLength(Letter.ReasonMax);
        builder.HasOne<Letter>().WithMany().HasForeignKey(attempt => attempt.LetterId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class LetterAttemptSet
{
    extension(HubDb db)
    {
        public DbSet<LetterAttempt> LetterAttempts => db.Set<LetterAttempt>();

        internal void NoteAttempt(Letter letter, PostReply reply, Instant at) => db.LetterAttempts.Add(new LetterAttempt
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            LetterId = letter.Id,
            At = at,
            Result = reply.Result,
            Reply = reply.Reply.Length > Letter.ReasonMax ? reply.Reply[..Letter.ReasonMax] : reply.Reply,
        });
    }
}
