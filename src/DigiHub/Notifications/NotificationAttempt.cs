using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Notifications;

/// <summary>
/// One failed attempt, to find out why a notification is late. The successful one needs no row: the notification's own tells when
/// and what the relay said. Deleted when the notification is anonymised, since the reply may name the reader.
/// </summary>
public sealed class NotificationAttempt
{
    public required Guid Id { get; init; }

    public required Guid NotificationId { get; init; }

    public required Instant At { get; init; }

    public required SendResult Result { get; init; }

    public required string Reply { get; init; }
}

internal sealed class NotificationAttemptTable : IEntityTypeConfiguration<NotificationAttempt>
{
    public void Configure(EntityTypeBuilder<NotificationAttempt> builder)
    {
        builder.ToTable("notification_attempts");
        builder.Property(attempt => attempt.Reply).HasMaxLength(Notification.ReplyMax);
        builder.HasOne<Notification>().WithMany().HasForeignKey(attempt => attempt.NotificationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class NotificationAttemptSet
{
    extension(HubDb db)
    {
        public DbSet<NotificationAttempt> NotificationAttempts => db.Set<NotificationAttempt>();

        internal void NoteAttempt(Notification notification, SendResult result, string reply, Instant at) => db.NotificationAttempts.Add(
            new NotificationAttempt
            {
                Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
                NotificationId = notification.Id,
                At = at,
                Result = result,
                Reply = reply.Length > Notification.ReplyMax ? reply[..Notification.ReplyMax] : reply,
            });
    }
}
