using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Displays;

/// <summary>What a screen shows.</summary>
public enum DeviceKind
{
    /// <summary>One room: what it is used for now, and next.</summary>
    Door,

    /// <summary>A site: what takes place today, and which rooms are free.</summary>
    Lobby,
}

/// <summary>How a screen shows it.</summary>
public enum DeviceLook
{
    /// <summary>For screens that light: colours, a clock, pages that turn.</summary>
    Colour,

    /// <summary>For electronic paper: black on white, without any script, and it changes only when its content does.</summary>
    Ink,
}

/// <summary>
/// A screen that was paired with the hub. It sees one room or one site and nothing else, by a token of its own, so that it can be revoked
/// alone: whether it stands is asked of this row at each of its requests.
/// </summary>
public sealed class Device
{
    public static readonly SubjectKind<Guid> Subject = new("device");

    /// <summary>Standing ones of one site.</summary>
    public const int PerSiteMax = 200;

    /// <summary>So long a revoked one is still known by its row.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public required Guid Id { get; init; }

    public required int SiteId { get; init; }

    public required DeviceKind Kind { get; init; }

    /// <summary>The room of a door; null in a lobby.</summary>
    public int? SpaceId { get; init; }

    public required DeviceLook Look { get; init; }

    /// <summary>SHA-256 of the secret in the screen's cookie.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Null once nobody knows that member any more.</summary>
    public Guid? PairedById { get; set; }

    public required Instant PairedAt { get; init; }

    /// <summary>Null: it has not come by since it was paired.</summary>
    public Instant? LastSeenAt { get; set; }

    public Instant? RevokedAt { get; private set; }

    internal void Revoke(Instant now) => RevokedAt = now;
}

internal sealed class DeviceTable : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices", table => table.HasCheckConstraint("devices_door_has_space", "(kind = 'Door') = (space_id IS NOT NULL)"));
        builder.HasIndex(device => device.TokenHash).IsUnique();
        builder.HasIndex(device => device.SiteId);
        builder.HasOne<Site>().WithMany().HasForeignKey(device => device.SiteId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Space>().WithMany().HasForeignKey(device => device.SpaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(device => device.PairedById).OnDelete(DeleteBehavior.SetNull);
    }
}

public static class DeviceSet
{
    extension(HubDb db)
    {
        public DbSet<Device> Devices => db.Set<Device>();

        /// <summary>
        /// The one with this secret; null for one that is unknown or revoked. Not tracked: who asks twice sees it as it is then.
        /// </summary>
        internal Task<Device?> StandingDevice(string secret, CancellationToken stop)
        {
            var hash = RandomToken.Hash(secret);
            return db.Devices.AsNoTracking().SingleOrDefaultAsync(one => one.TokenHash == hash && one.RevokedAt == null, stop);
        }
    }
}
