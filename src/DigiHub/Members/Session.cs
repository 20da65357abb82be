using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>A member signed in on one browser. The row is the session: when it goes, so does the sign-in.</summary>
public sealed class Session
{
    /// <summary>SHA-256 of the key in the cookie.</summary>
    public required byte[] Hash { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>The sign-in itself, serialised and protected by the web.</summary>
    public required byte[] Ticket { get; set; }

    public required Instant CreatedAt { get; init; }

    public required Instant LastSeenAt { get; set; }

    /// <summary>The end of the absolute life; idle life is counted from LastSeenAt.</summary>
    public required Instant ExpiresAt { get; set; }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Hash);
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasOne<Member>().WithMany().HasForeignKey(session => session.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class SessionSet
{
    extension(HubDb db)
    {
        public DbSet<Session> Sessions => db.Set<Session>();
    }
}
