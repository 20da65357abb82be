using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// Desks or rooms of one site and kind of which somebody books any: "a hot desk by the window". Each belongs to one pool at most. Which of
/// them a booking gets is decided as it is made, and may change within the pool until it begins.
/// </summary>
public sealed class Pool
{
    public static readonly SubjectKind<int> Subject = new("pool");

    public const int NameMax = 60;

    /// <summary>A booking holds the locks of all while it chooses one.</summary>
    public const int MembersMax = 200;

    public const int PoolsOfSiteMax = 100;

    public int Id { get; init; }

    public required int SiteId { get; init; }

    /// <summary>As members choose it; no other pool of the site is called the same in either language.</summary>
    public required LocalisedText Name { get; set; }

    /// <summary>Of all its members; neither changes.</summary>
    public required SpaceKind Kind { get; init; }

    /// <summary>Rises with every change, also of which desks or rooms belong to it.</summary>
    public int Revision { get; set; } = 1;

    public bool MayHold(Space space) => space.SiteId == SiteId && space.Kind == Kind && !space.IsGone;
}

internal sealed class PoolTable : IEntityTypeConfiguration<Pool>
{
    public void Configure(EntityTypeBuilder<Pool> builder)
    {
        builder.ToTable("pools");
        builder.Property(pool => pool.Name).NotPersonal();
        builder.Property(pool => pool.Revision).IsConcurrencyToken();
        builder.HasOne<Sites.Site>().WithMany().HasForeignKey(pool => pool.SiteId);
    }
}

public static class PoolSet
{
    extension(HubDb db)
    {
        public DbSet<Pool> Pools => db.Set<Pool>();
    }
}
