using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Waiting;

/// <summary>What has become of an entry.</summary>
public enum WaitingStatus
{
    Waiting,

    /// <summary>An offer was accepted.</summary>
    Booked,

    /// <summary>Its member, or the front desk, took it back.</summary>
    Left,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>Two offers went unanswered.</summary>
    Dropped,

    /// <summary>Its member has booked something at that time.</summary>
    Covered,
}

/// <summary>
/// A member waits for one time of a space, or of any of a pool, or for anything that fits a wish: so long, within a window, for so many.
/// First come, first served; those that the front desk puts first come before the others. It may have one open offer at a time.
/// </summary>
public sealed class WaitingEntry
{
    public static readonly SubjectKind<Guid> Subject = new("waiting_entry");

    /// <summary>How many open ones a member may have.</summary>
    public const int PerMemberMax = 5;

    /// <summary>How many open ones there may be in the hub: they are all looked at whenever something becomes free.</summary>
    public const int HubMax = 1000;

    /// <summary>How many days a wish may reach over.</summary>
    public const int WindowDaysMax = 7;

    /// <summary>So many offers may go unanswered; then the entry goes.</summary>
    public const int LapsesMax = 2;

    public const int EquipmentMax = 400;

    public const int WishKeyMax = 600;

    /// <summary>How long one that has ended is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>Who put it on the list: the member, or the front desk.</summary>
    public required Guid CreatedById { get; init; }

    /// <summary>This very space; null where others will do.</summary>
    public int? SpaceId { get; init; }

    /// <summary>Any of this pool.</summary>
    public int? PoolId { get; init; }

    /// <summary>Null: at any site. Of a space or a pool that of these.</summary>
    public int? SiteId { get; init; }

    public required SpaceKind Kind { get; init; }

    /// <summary>How many have to fit; null where it does not matter.</summary>
    public int? People { get; init; }

    /// <summary>Keys of what has to stand in it, with commas between; empty for nothing in particular.</summary>
    public string Equipment { get; init; } = "";

    /// <summary>On the clock of whichever site it will be.</summary>
    public required LocalDateTime FromLocal { get; init; }

    public required LocalDateTime UntilLocal { get; init; }

    /// <summary>So long, at any time of the window; null: exactly from its start to its end.</summary>
    public int? Minutes { get; init; }

    /// <summary>What becomes free is booked at once, without an offer.</summary>
    public bool AutoAccept { get; init; }

    /// <summary>Before those that are not: the front desk decides.</summary>
    public bool IsFirst { get; init; }

    public required Instant JoinedAt { get; init; }

    /// <summary>From then on nothing can come of it any more.</summary>
    public required Instant EndsAt { get; init; }

    /// <summary>The same wish has the same key: a member waits for it once.</summary>
    public required string WishKey { get; init; }

    public WaitingStatus Status { get; private set; }

    public Instant? EndedAt { get; private set; }

    /// <summary>How many offers went unanswered.</summary>
    public int Lapses { get; private set; }

    /// <summary>What it has led to.</summary>
    public Guid? BookingId { get; private set; }

    public LocalSpan Window => new(FromLocal, UntilLocal);

    public bool IsOpen => Status == WaitingStatus.Waiting;

    public IReadOnlySet<string> Things => Equipment.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    internal void End(WaitingStatus how, Instant now) => (Status, EndedAt) = (how, now);

    internal void Book(Guid bookingId, Instant now)
    {
        BookingId = bookingId;
        End(WaitingStatus.Booked, now);
    }

    /// <summary>An offer went unanswered; true if it was one too many.</summary>
    internal bool Lapse(Instant now)
    {
        Lapses++;
        if (Lapses < LapsesMax)
            return false;
        End(WaitingStatus.Dropped, now);
        return true;
    }
}

internal sealed class WaitingEntryTable : IEntityTypeConfiguration<WaitingEntry>
{
    public void Configure(EntityTypeBuilder<WaitingEntry> builder)
    {
        builder.ToTable("waiting_entries", table =>
            table.HasCheckConstraint("waiting_entries_not_empty", "from_local < until_local"));
        builder.Ignore(entry => entry.Window);
        builder.Ignore(entry => entry.IsOpen);
        builder.Ignore(entry => entry.Things);
        builder.Property(entry => entry.Equipment).HasMaxLength(WaitingEntry.EquipmentMax);
        builder.Property(entry => entry.WishKey).HasMaxLength(WaitingEntry.WishKeyMax);
        // Whatever is sent twice: a member waits for the same once.
        builder.HasIndex(entry => new { entry.MemberId, entry.WishKey }).IsUnique().HasFilter("status = 'Waiting'");
        builder.HasIndex(entry => entry.EndsAt).HasFilter("status = 'Waiting'");
        builder.HasIndex(entry => entry.EndedAt);
        builder.HasOne<Member>().WithMany().HasForeignKey(entry => entry.MemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Space>().WithMany().HasForeignKey(entry => entry.SpaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Pool>().WithMany().HasForeignKey(entry => entry.PoolId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class WaitingEntrySet
{
    extension(HubDb db)
    {
        public DbSet<WaitingEntry> WaitingEntries => db.Set<WaitingEntry>();
    }

    extension(IQueryable<WaitingEntry> entries)
    {
        /// <summary>Those that wait, in the order in which they get offers.</summary>
        public IQueryable<WaitingEntry> InTurn() => entries.Where(entry => entry.Status == WaitingStatus.Waiting)
            .OrderByDescending(entry => entry.IsFirst).ThenBy(entry => entry.JoinedAt).ThenBy(entry => entry.Id);
    }
}
