using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Access;

/// <summary>
/// A member signed in on one browser. The row is the session: when it goes, so does the sign-in. Who the member is and
/// what they may do is read from the member at each request, so a change of either counts at once.
/// </summary>
public sealed class Session
{
    public const int DeviceMax = 80;

    /// <summary>SHA-256 of the key in the cookie.</summary>
    public required byte[] Hash { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>The member's stamp at sign-in; once it has changed, the session is over.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>What the member knows it by in the list of their sessions: "Firefox, Linux".</summary>
    public required string Device { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant LastSeenAt { get; set; }

    /// <summary>The end of the absolute life; idle life is counted from LastSeenAt.</summary>
    public required Instant ExpiresAt { get; init; }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Hash);
        builder.Property(session => session.SecurityStamp).HasMaxLength(64);
        builder.Property(session => session.Device).HasMaxLength(Session.DeviceMax);
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
