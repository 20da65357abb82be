using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Organisations;
using DigiHub.Sites;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Calendars.Links;

/// <summary>Whose bookings a calendar link shows.</summary>
public enum FeedOf { Member, Space, Site, Organisation }

/// <summary>How much it tells of each.</summary>
public enum FeedDetail
{
    /// <summary>When and where something is booked: no name, no title, no link.</summary>
    Busy,

    /// <summary>What the pages of the hub tell its owner.</summary>
    Full,
}

/// <summary>
/// What a calendar link shows beside the calendar of one's own: a room's, a site's, an organisation's bookings, or one's own as busy
/// times for others. The secret is an <see cref="AccessToken"/>, and the link ends with it.
/// </summary>
public sealed class FeedLink
{
    public const int PerMemberMax = 20;

    public required Guid TokenId { get; init; }

    public required FeedOf Of { get; init; }

    public required FeedDetail Detail { get; init; }

    public int? SpaceId { get; init; }

    public int? SiteId { get; init; }

    public int? OrganisationId { get; init; }
}

internal sealed class FeedLinkTable : IEntityTypeConfiguration<FeedLink>
{
    public void Configure(EntityTypeBuilder<FeedLink> builder)
    {
        builder.ToTable("feed_links");
        builder.HasKey(link => link.TokenId);
        builder.Property(link => link.TokenId).ValueGeneratedNever();
        builder.HasOne<AccessToken>().WithOne().HasForeignKey<FeedLink>(link => link.TokenId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Space>().WithMany().HasForeignKey(link => link.SpaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Site>().WithMany().HasForeignKey(link => link.SiteId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(link => link.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class FeedLinkSet
{
    extension(HubDb db)
    {
        public DbSet<FeedLink> FeedLinks => db.Set<FeedLink>();
    }
}
