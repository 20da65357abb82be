using System.Collections.Frozen;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Demand;

/// <summary>
/// How often on one day something was wished and not had: nobody's, a mere number. Its date is that of the time that was wished.
/// </summary>
public sealed class UnmetWish
{
    public const int CodeMax = 40;

    /// <summary>So long they are counted; then the row goes.</summary>
    public static readonly Period Kept = Period.FromMonths(24);

    /// <summary>Nothing was free in a search.</summary>
    public const string NothingFree = "nothing_free";

    /// <summary>Somebody else had it: a wish that more space would have met.</summary>
    public static readonly FrozenSet<string> Taken = [NothingFree, "slot_taken", "pool_taken", "pool_empty"];

    /// <summary>A rule said no.</summary>
    public static readonly FrozenSet<string> ByRule =
    [
        "too_many_bookings", "too_many_people", "closed_that_day", "outside_opening_hours", "beyond_horizon", "notice_too_short",
        "too_long", "too_short", "off_the_grid", "space_not_offered", "space_retired",
    ];

    public required Guid Id { get; init; }

    public required LocalDate Date { get; init; }

    public required int SiteId { get; init; }

    /// <summary>Null: of any kind.</summary>
    public SpaceKind? Kind { get; init; }

    /// <summary>In which the wished time begins, on the site's clock; 0 to 23.</summary>
    public required int Hour { get; init; }

    /// <summary>The code of the refusal, or <see cref="NothingFree"/>.</summary>
    public required string Code { get; init; }

    public required int Count { get; set; }
}

internal sealed class UnmetWishTable : IEntityTypeConfiguration<UnmetWish>
{
    public void Configure(EntityTypeBuilder<UnmetWish> builder)
    {
        builder.ToTable("unmet_wishes");
        builder.Property(wish => wish.Id).ValueGeneratedNever();
        builder.Property(wish => wish.Code).HasMaxLength(UnmetWish.CodeMax);
        builder.HasIndex(wish => new { wish.SiteId, wish.Date });
        builder.HasOne<Site>().WithMany().HasForeignKey(wish => wish.SiteId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class UnmetWishSet
{
    extension(HubDb db)
    {
        public DbSet<UnmetWish> UnmetWishes => db.Set<UnmetWish>();
    }
}
